import { checkGradients, valueAndContributions, valueAndGrad } from '@facet/autograd'
import { adam, autoencoder, fit, reconstruction } from '@facet/models'
import { type Factors, init, key, matmul, square, sum, type Tensor } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { denseGenerators } from './generators/generator-model.ts'
import { lieGroupSecondOrder } from './lie-group-second-order.ts'
import { resolveSolveEpsilonOptions, type SolveEpsilonOptions, solveEpsilonOfRows } from './solve-epsilon.ts'
import { factoredIsCheaper, solveEpsilonOfFactors, solveRelation } from './solve-factored.ts'
import { relativeError } from './testing/golden.ts'

beforeAll(() => init())

type Problem = Record<'base' | 'target' | 'readout' | 'generators', Tensor>

/** P pairs of c columns, a readout of w columns in dimension d, h generators. */
function problem(seed: number, [P, c, w, d, h]: readonly number[]): Problem {
  const normal = (name: string, shape: number[]) => key(seed).child(name).normal(shape, 'float64')
  return {
    base: normal('base', [P, c, w]),
    target: normal('target', [P, c, w]),
    readout: normal('readout', [d, w]),
    generators: normal('generators', [h, d, d]),
  }
}

const dense = (matrices: Tensor) => denseGenerators(matrices.shape[0], [], () => matrices)

const factored = ({ base, target, readout, generators }: Problem, options: SolveEpsilonOptions) =>
  solveEpsilonOfFactors(base, target, readout, dense(generators), resolveSolveEpsilonOptions(options))

const multipliedOut = ({ base, target, readout, generators }: Problem, options: SolveEpsilonOptions) => {
  const through = (rows: Tensor) => matmul(rows, readout, { transposeB: true })
  return solveEpsilonOfRows(
    through(base),
    through(target),
    dense(generators),
    resolveSolveEpsilonOptions(options),
  )
}

const ways: Record<string, SolveEpsilonOptions> = {
  'ε held': {},
  'a constant ridge, through ε': { ridge: { absolute: 0.5 }, differentiateEpsilon: true },
  'the minimum norm': { method: 'minimumNorm' },
}

const shapes = fc.tuple(
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 6 }),
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 3, max: 7 }),
  fc.integer({ min: 1, max: 6 }),
)

describe.each(Object.entries(ways))('with %s, a readout kept apart', (_way, options) => {
  it('gives what multiplying it out gives, and the same gradients', () => {
    fc.assert(
      fc.property(fc.nat(1000), shapes, (seed, shape) => {
        const given = problem(seed, shape)
        const [, c, w, d, h] = shape
        // Fewer equations than unknowns: ε is not determined without its ridge.
        fc.pre(d * Math.min(c, w) > h)
        const [ours, theirs] = [factored, multipliedOut].map((solve) => solve(given, options))
        for (const part of ['gram', 'rhs', 'epsilon', 'residual', 'difference'] as const) {
          expect(ours[part].shape).toEqual(theirs[part].shape)
          expect(relativeError(ours[part].toArray(), theirs[part].toArray())).toBeLessThan(1e-8)
        }
        const [own, other] = [factored, multipliedOut].map((solve) =>
          valueAndGrad((p: Problem) => sum(square(solve(p, options).residual)))(given),
        )
        for (const of of ['base', 'target', 'readout', 'generators'] as const) {
          const scale = Math.max(1, own.value.item())
          expect(relativeError(own.gradient[of].toArray(), other.gradient[of].toArray(), scale)).toBeLessThan(
            1e-8,
          )
        }
      }),
      { numRuns: 30 },
    )
  })
})

describe('a readout kept apart', () => {
  const shape = [2, 3, 2, 5, 2]

  it('has the gradient that central differences see, through ε', () => {
    const { base, target, readout, generators } = problem(1, shape)
    const loss = ([b, t, W, G]: readonly Tensor[]) =>
      sum(
        square(
          factored(
            { base: b, target: t, readout: W, generators: G },
            { ridge: { absolute: 0.5 }, differentiateEpsilon: true },
          ).residual,
        ),
      )
    expect(() => checkGradients(loss, [base, target, readout, generators])).not.toThrow()
  })

  it('leaves the gradient of the generators in factors whose rank is the width of the readout', () => {
    const { base, target, readout, generators } = problem(2, shape)
    const { contributions } = valueAndContributions(([matrices]) =>
      sum(square(factored({ base, target, readout, generators: matrices }, {}).residual)),
    )([generators])
    expect(contributions[0]).toHaveLength(1)
    const { left, right } = contributions[0][0] as Factors
    expect([left.shape, right.shape]).toEqual([
      [2, 10],
      [2, 5],
    ])
  })

  it('is taken where it saves time and generators are matrices, and multiplied out otherwise', () => {
    const given = problem(3, [4, 4, 2, 20, 3])
    const asked = (model: Parameters<typeof solveRelation>[1]) => {
      const rows: number[] = []
      const apply = (x: Tensor) => {
        rows.push(x.shape[0])
        return model.apply(x)
      }
      solveRelation(given, { ...model, apply }, resolveSolveEpsilonOptions({}))
      return rows
    }
    const matrices = dense(given.generators)
    expect(asked(matrices)).toEqual([2])
    expect(asked({ apply: matrices.apply })).toEqual([16])
    expect(solveRelation(given, matrices, resolveSolveEpsilonOptions({})).residual.toArray()).toEqual(
      factored(given, {}).residual.toArray(),
    )
  })

  it('pays above d = 106 in the shape of the paper', () => {
    const pays = (dimension: number, width = 64) => factoredIsCheaper([16, 10, width], [dimension, width])
    expect([60, 106, 107, 512].map((d) => pays(d))).toEqual([false, false, true, true])
    expect(pays(784, 512)).toBe(false)
  })
})

describe('lieGroupSecondOrder with a readout kept apart', () => {
  it('replays with the bits of eager steps', async () => {
    const data = key('data').normal([16, 24])
    const train = async (replay: boolean) => {
      const model = autoencoder({ input: 24, bottleneck: 3, encoderHidden: [6], decoderHidden: [6], seed: 0 })
      const history = await fit(model, data, {
        epochs: 3,
        batchSize: 4,
        optimizer: adam(),
        objective: [reconstruction(), lieGroupSecondOrder()],
        seed: 0,
        replay,
      })
      const parameters = [...model.parameters, ...history.objectives[1].parameters]
      return [history, parameters.map(({ value }) => value.dataSync().join())] as const
    }
    const [[replayed, ours], [eager, theirs]] = [await train(true), await train(false)]
    expect(replayed.execution).toMatchObject({ obstacle: null, replayed: 10 })
    expect(eager.execution.replayed).toBe(0)
    expect(ours).toEqual(theirs)
  })
})
