import { grad, valueAndContributions, valueAndGrad } from '@facet/autograd'
import {
  add,
  cast,
  concat,
  type Factors,
  init,
  key,
  matmul,
  mul,
  square,
  sum,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { denseGenerators, type GeneratorModel } from './generators/generator-model.ts'
import { rankTolerance } from './minimum-norm.ts'
import {
  type Ridge,
  resolveSolveEpsilonOptions,
  type SolveEpsilonOptions,
  solveEpsilon,
  solveEpsilonOfRows,
} from './solve-epsilon.ts'
import { flat, float64, largest, relativeError } from './testing/golden.ts'

beforeAll(() => init())

type Problem = {
  readonly base: Tensor
  readonly target: Tensor
  readonly generators: Tensor
}

/** P pairs of c columns in dimension d, h generators, all normal. */
function problem(
  seed: number,
  [P, d, c, h]: readonly number[],
  dtype: 'float32' | 'float64' = 'float64',
): Problem {
  const root = key(seed)
  return {
    base: root.child('base').normal([P, d, c], dtype),
    target: root.child('target').normal([P, d, c], dtype),
    generators: root.child('generators').normal([h, d, d], dtype),
  }
}

const sizes = fc.record({
  seed: fc.nat(1000),
  P: fc.integer({ min: 1, max: 3 }),
  d: fc.integer({ min: 1, max: 4 }),
  c: fc.integer({ min: 1, max: 3 }),
  h: fc.integer({ min: 1, max: 3 }),
})

const solved = ({ base, target, generators }: Problem, options: SolveEpsilonOptions) =>
  solveEpsilon(base, target, generators, options)

describe('solveEpsilon', () => {
  it('keeps the digits of float32 where only the ridge makes the system regular (h > d)', () => {
    const options = { ridge: { absolute: 1e-3 } }
    const single = problem(7, [50, 3, 1, 5], 'float32')
    const double = {
      base: cast(single.base, 'float64'),
      target: cast(single.target, 'float64'),
      generators: cast(single.generators, 'float64'),
    }
    const exact = solved(double, options).epsilon.toArray()
    expect(relativeError(solved(single, options).epsilon.toArray(), exact)).toBeLessThan(2e-5)
  })

  it('finds how far a base was moved along each generator', () => {
    const { base, generators } = problem(1, [2, 5, 1, 2])
    const moved = (k: number, step: number) =>
      mul(matmul(float64((generators.toArray() as number[][][])[k]), base), step)
    const target = add(base, add(moved(0, 0.3), moved(1, -0.7)))
    const { epsilon, residual } = solveEpsilon(base, target, generators, { ridge: { absolute: 0 } })
    expect(
      relativeError(epsilon.toArray(), [
        [0.3, -0.7],
        [0.3, -0.7],
      ]),
    ).toBeLessThan(1e-12)
    expect(largest(residual.toArray())).toBeLessThan(1e-12)
  })

  it('satisfies the normal equations of any shape: Tᵀ residual = ridge ε', () => {
    fc.assert(
      fc.property(sizes, ({ seed, P, d, c, h }) => {
        const given = problem(seed, [P, d, c, h])
        const { gram, rhs, epsilon, residual } = solved(given, { ridge: { absolute: 0.25 } })
        const g = given.generators.toArray() as number[][][]
        const b = given.base.toArray() as number[][][]
        const r = residual.toArray() as number[][][]
        const left = Array.from({ length: P }, (_, n) =>
          g.map((G) => {
            let total = 0
            for (let i = 0; i < d; i++)
              for (let j = 0; j < d; j++)
                for (let q = 0; q < c; q++) total += r[n][i][q] * G[i][j] * b[n][j][q]
            return total
          }),
        )
        const scale = Math.max(1, largest(gram.toArray()), largest(rhs.toArray()))
        expect(relativeError(left, mul(epsilon, 0.25).toArray(), scale)).toBeLessThan(1e-12)
      }),
      { numRuns: 40 },
    )
  })

  it('takes the relative ridge from the mean eigenvalue of each pair', () => {
    const given = problem(2, [1, 4, 2, 3])
    const { gram, epsilon } = solved(given, { ridge: { relative: 0.1 } })
    const system = (gram.toArray() as number[][][])[0]
    const absolute = (0.1 * (system[0][0] + system[1][1] + system[2][2])) / 3
    const same = solved(given, { ridge: { absolute } })
    expect(relativeError(epsilon.toArray(), same.epsilon.toArray())).toBeLessThan(1e-13)
  })

  it('uses a relative ridge of 1e-5 where none is given', () => {
    const given = problem(3, [2, 4, 1, 2])
    const stated = solved(given, { ridge: { relative: 1e-5 } })
    const none = solved(given, { ridge: { absolute: 0 } })
    const { epsilon } = solved(given, {})
    expect(epsilon.toArray()).toEqual(stated.epsilon.toArray())
    expect(epsilon.toArray()).not.toEqual(none.epsilon.toArray())
  })

  it('agrees with the minimum-norm solution where the system is regular', () => {
    const given = problem(4, [3, 5, 2, 3])
    const cholesky = solved(given, { ridge: { absolute: 0 } }).epsilon
    const minimal = solved(given, { method: 'minimumNorm' }).epsilon
    expect(relativeError(minimal.toArray(), cholesky.toArray())).toBeLessThan(1e-10)
  })

  it('gives the shortest of all solutions where generators are duplicates', () => {
    const { base, target, generators } = problem(5, [2, 4, 1, 1])
    const single = solveEpsilon(base, target, generators, {
      method: 'minimumNorm',
    }).epsilon.toArray() as number[][]
    const twice = concat([generators, generators], 0)
    const { epsilon } = solveEpsilon(base, target, twice, { method: 'minimumNorm' })
    expect(
      relativeError(
        epsilon.toArray(),
        single.map(([e]) => [e / 2, e / 2]),
      ),
    ).toBeLessThan(1e-12)
  })

  it('drops eigenvalues below what the dtype can tell from 0', () => {
    expect(rankTolerance(4, 'float64')).toBe(1e-10)
    expect(rankTolerance(4, 'float32')).toBe(40 * 2 ** -23)
  })
})

const degenerate: Record<string, (dtype: 'float32' | 'float64') => Problem> = {
  'zero generators': (dtype) => ({ ...problem(1, [2, 3, 2, 2], dtype), generators: zeros([2, 3, 3], dtype) }),
  'a zero base': (dtype) => ({ ...problem(2, [2, 3, 2, 2], dtype), base: zeros([2, 3, 2], dtype) }),
  'a base too small to square': (dtype) => {
    const given = problem(3, [2, 3, 2, 2], dtype)
    return { ...given, base: mul(given.base, dtype === 'float32' ? 1e-30 : 1e-200) }
  },
  'duplicate generators': (dtype) => {
    const given = problem(4, [2, 3, 2, 1], dtype)
    return { ...given, generators: concat([given.generators, given.generators], 0) }
  },
  'more generators than dimensions': (dtype) => problem(5, [2, 2, 1, 4], dtype),
  'base and target equal': (dtype) => {
    const given = problem(6, [2, 3, 2, 2], dtype)
    return { ...given, target: given.base }
  },
}

const ways: Record<string, SolveEpsilonOptions> = {
  'the default ridge': {},
  'no ridge': { ridge: { absolute: 0 } },
  'a zero relative ridge': { ridge: { relative: 0 } },
  'the minimum norm': { method: 'minimumNorm' },
  'the default ridge, through ε': { differentiateEpsilon: true },
  'the minimum norm, through ε': { method: 'minimumNorm', differentiateEpsilon: true },
}

describe('many columns a pair', () => {
  // c h > 2 (c + h), so that the residual goes through Σ_k ε_k G_k; without `combine` it goes through the images.
  const make = () => problem(3, [4, 7, 6, 6])
  const byRows = (rows: Tensor) => transpose(rows, [0, 2, 1])
  const dense = (matrices: Tensor) => denseGenerators(6, [], () => matrices)
  const throughImages = (matrices: Tensor) => ({ apply: dense(matrices).apply })
  const loss = (model: (matrices: Tensor) => Pick<GeneratorModel, 'apply' | 'combine'>) => (p: Problem) =>
    sum(
      square(
        solveEpsilonOfRows(
          byRows(p.base),
          byRows(p.target),
          model(p.generators),
          resolveSolveEpsilonOptions({}),
        ).residual,
      ),
    )

  it('give the residual and the gradients that the images give', () => {
    const [ours, theirs] = [dense, throughImages].map((model) => valueAndGrad(loss(model))(make()))
    expect(ours.value.item()).toBeGreaterThan(1)
    expect(relativeError(ours.value.toArray(), theirs.value.toArray())).toBeLessThan(1e-13)
    for (const of of ['base', 'target', 'generators'] as const) {
      expect(relativeError(ours.gradient[of].toArray(), theirs.gradient[of].toArray())).toBeLessThan(1e-12)
    }
  })

  it('leave the gradient of the generators in factors of rank P', () => {
    const { base, target, generators } = make()
    const { contributions } = valueAndContributions(([matrices]) =>
      loss(dense)({ base, target, generators: matrices }),
    )([generators])
    expect(contributions[0]).toHaveLength(1)
    expect((contributions[0][0] as Factors).left.shape).toEqual([4, 6])
  })
})

describe.each(Object.keys(degenerate))('with %s', (trouble) => {
  describe.each(['float32', 'float64'] as const)('in %s', (dtype) => {
    it.each(Object.keys(ways))('%s gives finite ε, residual and gradients', (way) => {
      const given = degenerate[trouble](dtype)
      const { epsilon, residual } = solved(given, ways[way])
      const gradients = grad(([base, target, generators]: readonly Tensor[]) =>
        sum(square(solveEpsilon(base, target, generators, ways[way]).residual)),
      )([given.base, given.target, given.generators])
      for (const value of [epsilon, residual, ...gradients]) {
        expect(flat(value.toArray()).every(Number.isFinite)).toBe(true)
      }
    })
  })
})

it.each(['zero generators', 'a zero base'])('ε is 0 with %s, by either method', (trouble) => {
  for (const options of [{}, { ridge: { absolute: 0.1 } }, { method: 'minimumNorm' }] as const) {
    expect(largest(solved(degenerate[trouble]('float64'), options).epsilon.toArray())).toBe(0)
  }
})

type Scalar = (base: Tensor, target: Tensor, generators: Tensor) => Tensor

/** The gradients of a scalar of a problem, flat. */
function gradients(f: Scalar, { base, target, generators }: Problem): number[] {
  const g = grad(([b, t, G]: readonly Tensor[]) => f(b, t, G))([base, target, generators])
  return g.flatMap((gradient: Tensor) => flat(gradient.toArray()))
}

const squaredResidual =
  (options: SolveEpsilonOptions): Scalar =>
  (base, target, generators) =>
    sum(square(solveEpsilon(base, target, generators, options).residual))

describe('the gradient', () => {
  const given = () => problem(7, [2, 4, 2, 3])

  it('with ε held is that through ε where there is no ridge (envelope theorem)', () => {
    const held = gradients(squaredResidual({ ridge: { absolute: 0 } }), given())
    const through = gradients(
      squaredResidual({ ridge: { absolute: 0 }, differentiateEpsilon: true }),
      given(),
    )
    expect(relativeError(held, through)).toBeLessThan(1e-10)
  })

  it('with ε held belongs to ‖residual‖² + ridge ‖ε‖² under a constant ridge', () => {
    const held = gradients(squaredResidual({ ridge: { absolute: 0.5 } }), given())
    const objective: Scalar = (...inputs) => {
      const { residual, epsilon } = solveEpsilon(...inputs, {
        ridge: { absolute: 0.5 },
        differentiateEpsilon: true,
      })
      return add(sum(square(residual)), mul(sum(square(epsilon)), 0.5))
    }
    expect(relativeError(held, gradients(objective, given()))).toBeLessThan(1e-10)
    const without = gradients(
      squaredResidual({ ridge: { absolute: 0.5 }, differentiateEpsilon: true }),
      given(),
    )
    expect(relativeError(held, without)).toBeGreaterThan(1e-3)
  })

  it('takes the relative ridge as a constant', () => {
    const one = problem(8, [1, 4, 2, 3])
    const system = (solved(one, {}).gram.toArray() as number[][][])[0]
    const absolute = (0.1 * (system[0][0] + system[1][1] + system[2][2])) / 3
    const of = (ridge: Ridge) => gradients(squaredResidual({ ridge, differentiateEpsilon: true }), one)
    expect(relativeError(of({ relative: 0.1 }), of({ absolute }))).toBeLessThan(1e-12)
  })

  it('of ε itself is that of central differences, by either method', () => {
    const { base, target, generators } = given()
    const weights = key(9).normal([2, 3], 'float64')
    for (const options of [{ ridge: { absolute: 0.1 } }, { method: 'minimumNorm' }] as const) {
      const f = (b: Tensor) =>
        sum(
          mul(
            solveEpsilon(b, target, generators, { ...options, differentiateEpsilon: true }).epsilon,
            weights,
          ),
        )
      expect(relativeError(flat(grad(f)(base).toArray()), central(f, base))).toBeLessThan(1e-7)
    }
  })

  it('of the minimum-norm ε holds at constant rank too', () => {
    const { base, target, generators } = problem(10, [2, 4, 2, 2])
    // The third generator is a mixture of two: rank 2 of 3, whatever the base.
    const [first, second] = generators.toArray() as number[][][]
    const mixture = first.map((row, i) => row.map((value, j) => value + 2 * second[i][j]))
    const dependent = float64([first, second, mixture])
    const weights = key(11).normal([2, 3], 'float64')
    const f = (b: Tensor) =>
      sum(
        mul(
          solveEpsilon(b, target, dependent, { method: 'minimumNorm', differentiateEpsilon: true }).epsilon,
          weights,
        ),
      )
    expect(relativeError(flat(grad(f)(base).toArray()), central(f, base))).toBeLessThan(1e-7)
  })

  it('does not change ε', () => {
    for (const method of ['ridge', 'minimumNorm'] as const) {
      const held = solved(given(), { method }).epsilon.toArray()
      expect(solved(given(), { method, differentiateEpsilon: true }).epsilon.toArray()).toEqual(held)
    }
  })
})

function central(f: (x: Tensor) => Tensor, x: Tensor): number[] {
  const step = 1e-5
  const values = x.dataSync()
  return Array.from(values, (_, i) => {
    const at = (by: number) => {
      const moved = Float64Array.from(values)
      moved[i] += by
      return f(tensor(moved, { shape: x.shape })).item()
    }
    return (at(step) - at(-step)) / (2 * step)
  })
}

describe('errors name the operation, what was expected and what came', () => {
  const base = () => zeros([2, 3, 1])

  it('for shapes', () => {
    expect(() => solveEpsilon(base(), zeros([2, 3, 2]), zeros([1, 3, 3]))).toThrow(
      'solveEpsilon: expected base and target [P, d, c] of one shape, got [2, 3, 1] and [2, 3, 2]',
    )
    expect(() => solveEpsilon(base(), base(), zeros([1, 4, 4]))).toThrow(
      'solveEpsilon: a base [2, 3, 1] expects generators [h, 3, 3], got [1, 4, 4]',
    )
  })

  it('for options', () => {
    const ask = (options: unknown) => () =>
      solveEpsilon(base(), base(), zeros([1, 3, 3]), options as SolveEpsilonOptions)
    expect(ask({ rigde: 1 })).toThrow("solveEpsilon: unknown option 'rigde'; did you mean 'ridge'?")
    expect(ask({ ridge: 1 })).toThrow(
      'solveEpsilon: ridge: expected { relative: r } or { absolute: r }, got 1',
    )
    expect(ask({ ridge: { relative: 1, absolute: 1 } })).toThrow('solveEpsilon: ridge: expected')
    expect(ask({ ridge: { relative: -1 } })).toThrow(
      'solveEpsilon: ridge.relative: expected a finite number of at least 0, got -1',
    )
    expect(ask({ method: 'qr' })).toThrow(
      "solveEpsilon: method: expected one of ridge, minimumNorm, got 'qr'",
    )
    expect(ask({ method: 'minimumNorm', ridge: { absolute: 1 } })).toThrow(
      "solveEpsilon: ridge: method 'minimumNorm' takes none",
    )
    expect(ask({ differentiateEpsilon: 1 })).toThrow(
      'solveEpsilon: differentiateEpsilon: expected true or false, got 1',
    )
  })
})
