import { expect, it } from 'vitest'
import { shortPath } from './short-path.ts'

it('tells points from the ones before, in tenths, without losing any on the way', () => {
  expect(shortPath('M3,80.26L4.04,79.5L5.1,81L4,81')).toBe('M3,80.3l1-.8 1.1,1.5-1.1,0')
  const points = Array.from({ length: 400 }, (_, i) => [i * 0.537, 40 + 39 * Math.sin(i)] as const)
  const short = shortPath(`M${points.map((point) => point.join(',')).join('L')}`)!
  const [start, rest] = short.slice(1).split('l')
  let at = start.split(',').map(Number)
  const numbers = rest.match(/-?\d*\.?\d+/g)!.map(Number)
  points.slice(1).forEach(([x, y], i) => {
    at = [at[0] + numbers[2 * i], at[1] + numbers[2 * i + 1]]
    expect(Math.abs(at[0] - x)).toBeLessThan(0.0501)
    expect(Math.abs(at[1] - y)).toBeLessThan(0.0501)
  })
})

it('begins again where a path is closed or lifted, and leaves other paths alone', () => {
  expect(shortPath('M0,0L10,0L10,10ZM20,20L21,21')).toBe('M0,0l10,0 0,10ZM20,20l1,1')
  expect(shortPath('M0,0ZL5,5')).toBe('M0,0Zl5,5')
  expect(shortPath('M0,0C1,2,3,4,5,6')).toBeNull()
  expect(shortPath('M0,0LNaN,3')).toBeNull()
  expect(shortPath('')).toBe('')
})
