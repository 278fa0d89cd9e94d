import { expect, it } from 'vitest'
import { paperRow, paperText } from './printed.ts'

it("has the paper's figures under the archive's names", () => {
  expect(paperRow('CBF').lieGroupFirstOrder).toEqual({ mean: 43.99, std: 1.2 })
  expect(paperRow('InsectWingbeatSound')).toEqual(paperRow('InsectSounds'))
  expect(paperRow('CIFAR10').higherOrderContractive).toBeUndefined()
  expect(paperRow('Coffee')).toEqual({})
  for (const name of ['constructor', '__proto__', 'toString']) expect(paperRow(name)).toEqual({})
})

it('prints them as the paper does', () => {
  expect(paperText({ mean: 88.47, std: 0.9 })).toBe('88.47 ± 0.9')
  expect(paperText({ mean: 67.98, std: 3 })).toBe('67.98 ± 3.0')
})
