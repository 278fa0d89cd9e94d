import { describe, expect, it } from 'vitest'
import { luSolveInPlace } from './lu-solve.ts'

describe('luSolveInPlace', () => {
  it('solves a system that needs its rows exchanged', () => {
    const b = Float64Array.from([8, 2, -11])
    luSolveInPlace(Float64Array.from([0, 2, 1, 1, -2, -3, -1, 1, 2]), 3, b, 1)
    // Checked by substitution: 2y + z = 8, x − 2y − 3z = 2, −x + y + 2z = −11.
    expect(Array.from(b)).toEqual([30, -1, 10].map((v) => expect.closeTo(v, 12)))
  })

  it('solves for several columns at once', () => {
    const b = Float64Array.from([1, 0, 0, 1])
    luSolveInPlace(Float64Array.from([1, 2, 3, 4]), 2, b, 2)
    expect(Array.from(b)).toEqual([-2, 1, 1.5, -0.5].map((v) => expect.closeTo(v, 14)))
  })

  it('accepts an empty system', () => {
    expect(() => luSolveInPlace(new Float64Array(0), 0, new Float64Array(0), 2)).not.toThrow()
  })

  it('does not return finite numbers for a singular matrix', () => {
    const b = Float64Array.from([1, 2])
    luSolveInPlace(Float64Array.from([1, 1, 1, 1]), 2, b, 1)
    expect(b.some(Number.isFinite)).toBe(false)
  })
})
