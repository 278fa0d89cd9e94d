import { describe, expect, it } from 'vitest'
import { linearScale, logScale, tickText } from './scale.ts'

describe('scales', () => {
  it('take the ends of the domain to those of the range, and back', () => {
    for (const scale of [linearScale([2, 200], [300, 10]), logScale([2, 200], [300, 10])]) {
      expect([scale(2), scale(200)]).toEqual([300, 10])
      for (const value of [2, 17, 20, 199]) expect(scale.invert(scale(value))).toBeCloseTo(value, 9)
    }
  })

  it('have the mean of two numbers between them: the arithmetic or the geometric one', () => {
    expect(linearScale([2, 200], [0, 1])(101)).toBe(0.5)
    expect(logScale([2, 200], [0, 1])(20)).toBeCloseTo(0.5, 12)
  })

  it('have round ticks within the domain', () => {
    expect(linearScale([-1.03, 0.97], [0, 1]).ticks(4)).toEqual([-1, -0.5, 0, 0.5])
  })
})

describe('tickText', () => {
  it('writes all ticks with the decimals that tell them apart', () => {
    const domain = [-0.12, 0.07] as const
    expect(linearScale(domain, [0, 1]).ticks(4).map(tickText(domain, 4))).toEqual([
      '−0.10',
      '−0.05',
      '0.00',
      '0.05',
    ])
    expect([0, 1000, 2000].map(tickText([0, 2400], 3))).toEqual(['0', '1000', '2000'])
    expect([1e-5, 2e-5].map(tickText([0, 3e-5], 3))).toEqual(['0.00001', '0.00002'])
  })
})
