import { expect, it } from 'vitest'
import { sparkline } from './sparkline.ts'

it('draws equal factors as equal steps, the smallest lowest', () => {
  expect(sparkline([128, 64, 32, 16, 8, 4, 2, 1], 20)).toBe('█▇▆▅▄▃▂▁')
})

it('takes the mean of neighbours where there are more numbers than bars', () => {
  expect(sparkline([8, 8, 8, 1, 1, 1], 2)).toBe('█▁')
  expect(sparkline(Array(1000).fill(3), 40)).toBe('▁'.repeat(40))
})

it('has the lowest bar for what is not above 0', () => {
  expect(sparkline([0, 1, 2], 3)).toBe('▁▁█')
  expect(sparkline([0, 0], 3)).toBe('▁▁')
})
