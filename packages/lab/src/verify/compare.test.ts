import { describe, expect, it } from 'vitest'
import { compare, worst } from './compare.ts'

const tolerance = { relative: 1e-8, floor: 1e-13 }

describe('compare', () => {
  it('judges every entry by itself, whatever stands beside it', () => {
    expect(compare([1000, 1e-6], [1000, 1.001e-6], tolerance, 0).pass).toBe(false)
    expect(compare([1000, 1e-6], [1000, 1e-6 * (1 + 1e-9)], tolerance, 0).pass).toBe(true)
  })

  it('lets zeros differ by rounding of the largest entry and no more', () => {
    expect(compare([1, 0], [1, 1e-14], tolerance, 0)).toMatchObject({ pass: true, maxRel: 0 })
    expect(compare([1, 0], [1, 1e-12], tolerance, 0).pass).toBe(false)
    expect(compare([0, 0], [0, 1e-14], tolerance, 0).pass).toBe(false)
    expect(compare([0, 0], [0, 1e-14], tolerance, 1).pass).toBe(true)
  })

  it('reports the largest deviations', () => {
    const { maxAbs, maxRel } = compare([2, 4], [2.5, 4.25], tolerance, 0)
    expect([maxAbs, maxRel]).toEqual([0.5, 0.25])
  })

  it('takes codes and booleans exactly, 0 and 1 for false and true', () => {
    const exact = { relative: 0, floor: 0 }
    expect(compare([true, false], [1, 0], exact, 0).pass).toBe(true)
    expect(compare([true, false], [1, 1], exact, 0).pass).toBe(false)
    expect(compare([[1, 0]], [[1, 1e-15]], exact, 0).pass).toBe(false)
  })

  it('fails on NaN, on null, and on other shapes', () => {
    expect(compare([1], [Number.NaN], tolerance, 0)).toMatchObject({ pass: false, maxAbs: Number.NaN })
    expect(compare(null, null, tolerance, 0).pass).toBe(true)
    expect(compare([1], null, tolerance, 0).problem).toBe('expected [1], got null')
    expect(compare(1, [1], tolerance, 0).problem).toBe('expected 1, got [1]')
    expect(compare([[1, 2]], [[1], [2]], tolerance, 0).problem).toBe('expected [1, 2], got [2, 1]')
  })

  it('says at which place the shapes differ, and what stands there', () => {
    const ragged = [[[1], [2, 3]], [[4]]]
    expect(compare(ragged, ragged, tolerance, 0).pass).toBe(true)
    expect(compare(ragged, [[[1], [2]], [[4]]], tolerance, 0).problem).toBe('[0][1]: expected [2], got [1]')
    expect(compare([1, [2]], [1, 2], tolerance, 0).problem).toBe('[1]: expected [1], got 2')
    expect(compare([1, 'a'], [1, 2], tolerance, 0).problem).toBe("[1]: expected 'a', got 2")
  })

  it('agrees with no infinity, which every number would be within a tolerance of', () => {
    const infinity = Number.POSITIVE_INFINITY
    expect(compare([infinity, 1], [3, 1], tolerance, 0)).toMatchObject({
      pass: false,
      problem: '[0]: expected Infinity, got 3',
    })
    expect(compare([3], [infinity], tolerance, 0).pass).toBe(false)
  })

  it('keeps the worse of two and the first problem', () => {
    const good = { maxAbs: 1, maxRel: 3, pass: true }
    expect(worst(good, { maxAbs: 2, maxRel: 0, pass: false, problem: 'x' })).toEqual({
      maxAbs: 2,
      maxRel: 3,
      pass: false,
      problem: 'x',
    })
    expect(worst(good, good)).toEqual(good)
  })
})
