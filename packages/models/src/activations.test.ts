import { leakyReluActivation } from '@facet/tensor'
import { expect, test } from 'vitest'
import { namedActivation } from './activations.ts'

test('activations are found by name', () => {
  for (const name of ['identity', 'relu', 'abs', 'leakyRelu'] as const)
    expect(namedActivation(name).name).toBe(name)
  expect(namedActivation('leakyRelu').alpha).toBe(0.01)
})

test('an activation passes through', () => {
  const steep = leakyReluActivation(0.3)
  expect(namedActivation(steep)).toBe(steep)
})

test('an unknown activation is refused with the names there are', () => {
  expect(() => namedActivation('gelu' as 'relu')).toThrow(
    "namedActivation: expected an activation among identity, relu, leakyRelu, abs, got 'gelu'",
  )
  expect(() => namedActivation('toString' as 'relu')).toThrow(/got 'toString'/)
  expect(() => namedActivation({ name: 'tanh', alpha: 0 } as never)).toThrow(/got 'tanh'/)
})
