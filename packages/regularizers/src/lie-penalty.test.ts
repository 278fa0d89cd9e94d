import { grad } from '@facet/autograd'
import { init, key, mul, sub, type Tensor, tensor, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { type LiePenaltyKind, liePenalty } from './lie-penalty.ts'
import { solveEpsilon } from './solve-epsilon.ts'
import { flat, float64, largest, relativeError } from './testing/golden.ts'

beforeAll(() => init())

describe('liePenalty', () => {
  const residual = () =>
    float64([
      [[3], [4]],
      [[0], [0]],
      [[6], [8]],
    ])
  const difference = () =>
    float64([
      [[10], [0]],
      [[0], [10]],
      [[0], [10]],
    ])

  it('is the mean over pairs of the squared norm, of the norm, or of its share', () => {
    expect(liePenalty(residual(), difference()).item()).toBeCloseTo(125 / 3, 12)
    expect(liePenalty(residual(), difference(), 'plain').item()).toBeCloseTo(5, 12)
    expect(liePenalty(residual(), difference(), 'relative').item()).toBeCloseTo(125 / 3 / (100 + 1e-8), 12)
  })

  it('leaves pairs outside the mask out of the mean, whatever they hold', () => {
    const mask = tensor([true, false, false])
    expect(liePenalty(residual(), difference(), 'squared', mask).item()).toBe(25)
    expect(liePenalty(residual(), difference(), 'plain', mask).item()).toBe(5)
    expect(liePenalty(residual(), difference(), 'relative', mask).item()).toBeCloseTo(0.25, 9)
  })

  it.each(['squared', 'plain', 'relative'] as const)(
    'is 0 with gradient 0 for %s where no pair counts',
    (kind) => {
      const mask = tensor([false, false, false])
      const f = (r: Tensor) => liePenalty(r, difference(), kind, mask)
      expect(f(residual()).item()).toBe(0)
      expect(largest(grad(f)(residual()).toArray())).toBe(0)
    },
  )

  it.each(['squared', 'plain', 'relative'] as const)(
    'is 0 with gradient 0 for %s where the residual is 0',
    (kind) => {
      const f = (r: Tensor) => liePenalty(r, difference(), kind)
      expect(f(zeros([3, 2, 1], 'float64')).item()).toBe(0)
      expect(largest(grad(f)(zeros([3, 2, 1], 'float64')).toArray())).toBe(0)
    },
  )

  it('has the unit vector of each residual as the gradient of its plain norm, the zero one apart', () => {
    const gradient = grad((r: Tensor) => liePenalty(r, difference(), 'plain'))(residual())
    expect(relativeError(gradient.toArray(), [0.2, 0.8 / 3, 0, 0, 0.2, 0.8 / 3])).toBeLessThan(1e-12)
  })

  it('says what it expected', () => {
    expect(() => liePenalty(residual(), difference(), 'cubed' as LiePenaltyKind)).toThrow(
      "liePenalty: penalty: expected one of squared, plain, relative, got 'cubed'",
    )
    expect(() => liePenalty(residual(), zeros([3, 2]))).toThrow(
      'liePenalty: expected residual and difference [P, …] of one shape',
    )
    expect(() => liePenalty(residual(), difference(), 'squared', tensor([true]))).toThrow(
      'liePenalty: 3 pairs expect a mask [3], got [1]',
    )
  })
})

describe('relative', () => {
  /** R1 of points scaled by `scale`, as a decoder scaled in its last layer would give them. */
  function scaledPenalty(scale: Tensor, kind: LiePenaltyKind): Tensor {
    const points = (name: string) => mul(key(1).child(name).normal([8, 4, 1], 'float64'), scale)
    const generators = key(1).child('generators').normal([2, 4, 4], 'float64')
    const [base, target] = [points('base'), points('target')]
    const { residual, difference } = solveEpsilon(base, target, generators)
    return liePenalty(residual, difference, kind)
  }

  it('gains nothing from a smaller or larger decoder, up to the floor of 1e-8', () => {
    const values = [0.1, 1, 10].map((scale) => scaledPenalty(float64(scale), 'relative').item())
    expect(relativeError(values, [values[2], values[2], values[2]])).toBeLessThan(1e-6)
    expect(scaledPenalty(float64(10), 'squared').item()).toBeCloseTo(
      100 * scaledPenalty(float64(1), 'squared').item(),
      8,
    )
  })

  it('is differentiated through its denominator: the derivative by scale is 0', () => {
    const derivative = (kind: LiePenaltyKind) =>
      grad((s: Tensor) => scaledPenalty(s, kind))(float64(1)).item()
    expect(Math.abs(derivative('relative'))).toBeLessThan(1e-7)
    expect(derivative('squared')).toBeGreaterThan(0.1)
  })

  it('stays finite where base and target are equal in every pair', () => {
    const same = key(2).normal([3, 4, 1], 'float64')
    const gradient = grad((x: Tensor) => liePenalty(sub(x, same), sub(x, same), 'relative'))(same)
    expect(flat(gradient.toArray())).toEqual(new Array(12).fill(0))
  })
})
