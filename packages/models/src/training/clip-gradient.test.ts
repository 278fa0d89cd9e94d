import {
  type Contribution,
  init,
  key,
  mean,
  mul,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  zeros,
} from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { autoencoder, type FitOptions, fit, Parameter, reconstruction, sgd, Trainer } from '../index.ts'
import { objectiveOf } from '../testing/objective-of.ts'
import { type ClipGradient, clipOf } from './clip-gradient.ts'
import { learnedMatrix, tiedModel, trainToEnd } from './testing/tied-training.ts'

beforeAll(() => init())

const random = (seed: number | string, shape: readonly number[]) => key(seed).normal(shape, 'float64')

/** A gradient of `[m, n]` by plain loops over its terms. */
function plain(terms: readonly Contribution[], size: number): Float64Array {
  const total = new Float64Array(size)
  for (const term of terms) {
    if ('left' in term) {
      const [[rank, m], [, n]] = [term.left.shape, term.right.shape]
      const [left, right] = [term.left.dataSync(), term.right.dataSync()]
      for (let p = 0; p < rank; p++)
        for (let i = 0; i < m; i++)
          for (let j = 0; j < n; j++) total[i * n + j] += left[p * m + i] * right[p * n + j]
    } else term.dataSync().forEach((x, i) => void (total[i] += x))
  }
  return total
}

const factors = (rank: number, m: number, n: number, shape: readonly number[]): Contribution => ({
  left: random(`left ${rank} ${m}`, [rank, m]),
  right: random(`right ${rank} ${n}`, [rank, n]),
  shape,
})

/** Of shape [6, 20]: each kind of term and mixture, with fewer and with more products than pay for Gram matrices. */
const mixtures: Record<string, () => Contribution[]> = {
  dense: () => [random(1, [6, 20])],
  'two dense': () => [random(1, [6, 20]), random(2, [6, 20])],
  'factors of low rank': () => [factors(2, 6, 20, [6, 20])],
  'factors of high rank': () => [factors(40, 6, 20, [6, 20])],
  'several factors of one width': () => [factors(2, 6, 20, [6, 20]), factors(1, 6, 20, [6, 20])],
  'factors of several widths': () => [factors(2, 6, 20, [6, 20]), factors(3, 12, 10, [6, 20])],
  'dense and factors': () => [random(1, [6, 20]), factors(2, 6, 20, [6, 20])],
  nothing: () => [],
}

const sizeOfAll = (gradients: readonly ArrayLike<number>[]): number =>
  Math.sqrt(gradients.reduce((total, g) => total + Array.from(g).reduce((a, x) => a + x * x, 0), 0))

describe('a gradient clipped by its norm', () => {
  it.each(Object.keys(mixtures))(
    'has the norm of all its parts together, and is scaled down to the bound: %s',
    (name) => {
      const gradient = [mixtures[name](), [random('bias', [20])]]
      const sizes = [120, 20]
      const before = gradient.map((terms, i) => plain(terms, sizes[i]))
      const { contributions, norm } = clipOf({ norm: 0.5 })(gradient, 'float64')
      expect(norm!.item() / sizeOfAll(before)).toBeCloseTo(1, 12)
      const after = contributions.map((terms, i) => plain(terms, sizes[i]))
      expect(sizeOfAll(after)).toBeCloseTo(0.5, 12)
      after.forEach((g, i) => {
        g.forEach((x, at) => void expect(x).toBeCloseTo((before[i][at] * 0.5) / sizeOfAll(before), 12))
      })
      // Factors stay factors: their product is not made.
      expect(contributions[0].map((term) => 'left' in term)).toEqual(
        gradient[0].map((term) => 'left' in term),
      )
    },
  )

  it('keeps every bit where the norm is within the bound, and where it is 0', () => {
    const gradient = [[random(1, [6, 20])], [zeros([20], 'float64')]]
    const clipped = clipOf({ norm: 1e3 })(gradient, 'float64')
    expect((clipped.contributions[0][0] as Tensor).dataSync()).toEqual((gradient[0][0] as Tensor).dataSync())
    const still = clipOf({ norm: 1e-3 })([gradient[1]], 'float64')
    expect(still.norm!.item()).toBe(0)
    expect(new Set((still.contributions[0][0] as Tensor).dataSync())).toEqual(new Set([0]))
    expect(clipOf({ norm: 1 })([[]], 'float64').norm!.item()).toBe(0)
  })
})

describe('a gradient clipped by value', () => {
  it.each(Object.keys(mixtures))(
    'has every element within the bound, and others as they were: %s',
    (name) => {
      const terms = mixtures[name]()
      const before = plain(terms, 120)
      const { contributions, norm } = clipOf({ value: 0.5 })([terms], 'float64')
      expect(norm).toBeNull()
      expect(contributions[0].length).toBe(Math.min(1, terms.length))
      plain(contributions[0], 120).forEach((x, i) => {
        expect(x).toBeCloseTo(Math.max(-0.5, Math.min(0.5, before[i])), 12)
      })
    },
  )
})

const data = () => random('data', [8, 3])
const options: FitOptions = {
  epochs: 2,
  batchSize: 4,
  optimizer: sgd({ learningRate: 0.01 }),
}
const objective = () => [reconstruction(), learnedMatrix()]

describe.each(['wasm', 'reference'])('fit with clipGradient (%s)', (backend) => {
  beforeAll(() => init({ backend }))
  afterAll(() => init())

  /** The first step of SGD at a rate of 1 everywhere: the gradient, with its sign turned. */
  function firstGradient(clipGradient?: ClipGradient) {
    const run = { ...options, optimizer: sgd({ learningRate: 0.02 }), objective: objective(), clipGradient }
    const { start, weights, reports } = trainToEnd(tiedModel('float64'), data(), run)
    return {
      norm: reports[0].values.gradientNorm,
      gradient: start.map((before, i) => before.map((x, at) => (x - weights[0][i][at]) / 0.02)),
    }
  }
  /** The third parameter's tensor is the first's. */
  const TIED = 4
  const apart = <T>(list: readonly T[]): T[] => list.filter((_, i) => i !== TIED)

  it('counts what objectives learn, and tied weights once', () => {
    const free = firstGradient()
    expect(free.gradient[TIED]).toEqual(free.gradient[0])
    expect(free.gradient.length).toBe(9)
    expect(free.norm).toBeUndefined()
    const length = sizeOfAll(apart(free.gradient))
    const bounded = firstGradient({ norm: 0.1 })
    expect(bounded.norm / length).toBeCloseTo(1, 10)
    bounded.gradient.forEach((g, i) => {
      g.forEach((x, at) => void expect(x).toBeCloseTo((free.gradient[i][at] * 0.1) / length, 10))
    })
    expect(
      sizeOfAll(apart(firstGradient({ value: 1e-3 }).gradient).map((g) => [Math.max(...g.map(Math.abs))])),
    ).toBeCloseTo(1e-3 * Math.sqrt(8), 8)
  })

  it.each([{ norm: 0.1 }, { value: 0.01 }, { norm: 1e9 }])(
    'gives the same bits with replay and without: %o',
    (clipGradient) => {
      const run = (replay: boolean) =>
        trainToEnd(tiedModel('float64'), data(), {
          ...options,
          epochs: 5,
          objective: objective(),
          clipGradient,
          replay,
        })
      const [replayed, eager] = [run(true), run(false)]
      expect(replayed.weights).toEqual(eager.weights)
      expect(replayed.reports).toEqual(eager.reports)
      expect(replayed.history.execution.replayed > 0).toBe(backend === 'wasm')
      const free = trainToEnd(tiedModel('float64'), data(), { ...options, epochs: 5, objective: objective() })
      // A bound that is never met changes nothing.
      if (clipGradient.norm === 1e9) expect(replayed.weights).toEqual(free.weights)
      else expect(replayed.weights).not.toEqual(free.weights)
    },
  )
})

describe('fit refuses', () => {
  const model = () => autoencoder({ input: 3, bottleneck: 1, encoderHidden: [4], decoderHidden: [4] })
  const run = (clipGradient: unknown) =>
    fit(model(), key(0).normal([6, 3]), { ...options, clipGradient: clipGradient as ClipGradient })

  it.each([
    [{}, 'fit: clipGradient: expected one of norm and value, got neither'],
    [{ norm: 1, value: 1 }, 'fit: clipGradient: expected one of norm and value, got both'],
    [{ norm: 0 }, 'fit: clipGradient: norm: expected a finite number above 0, got 0'],
    [{ value: -1 }, 'fit: clipGradient: value: expected a finite number above 0, got -1'],
    [{ nrom: 1 }, "fit: clipGradient: unknown option 'nrom'; did you mean 'norm'?"],
    [1, 'fit: clipGradient: expected'],
  ])('what is no bound: %o', async (clipGradient, message) => {
    await expect(run(clipGradient)).rejects.toThrow(message)
  })
})

describe('a gradient that is not finite though the loss is', () => {
  const model = () => autoencoder({ input: 3, bottleneck: 1, encoderHidden: [4], decoderHidden: [4] })
  const root = (value: number) => new Parameter('root', tensor(value))

  it('is an error of clipping by norm, with epoch, batch and model, before any weight has changed', async () => {
    const net = model()
    const before = net.parameters.map(({ value }) => value.dataSync())
    const parameter = root(0)
    // 0, with gradient 0 · ∞
    const broken = objectiveOf(
      () => sqrt(square(parameter.value)),
      () => [parameter],
    )
    const run = { epochs: 1, batchSize: 6, objective: [reconstruction(), broken], clipGradient: { norm: 1 } }
    for (const accumulate of [1, 2]) {
      await expect(
        fit(net, key(0).normal([6, 3]), { ...run, batchSize: 6 / accumulate, accumulate }),
      ).rejects.toThrow(
        /^fit: expected a finite norm of the gradient at epoch 0, batch 0 \(counted from 0\), got NaN; model float32/,
      )
      expect(net.parameters.map(({ value }) => value.dataSync())).toEqual(before)
    }
  })

  it('is an error of a norm beyond the numbers of float32, too', async () => {
    const parameter = root(1)
    const steep = objectiveOf(
      () => mul(sub(parameter.value, 1), 1e30),
      () => [parameter],
    )
    const run = { epochs: 1, batchSize: 6, objective: steep, clipGradient: { norm: 1 } }
    await expect(fit(model(), key(0).normal([6, 3]), run)).rejects.toThrow(
      'expected a finite norm of the gradient at epoch 0, batch 0 (counted from 0), got Infinity',
    )
  })

  it('is found by the end of the epoch where no step looked at the loss', () => {
    const parameter = root(1)
    // √p: the first step takes p to 0, the second has the gradient ∞.
    const objective = objectiveOf(
      () => sum(sqrt(parameter.value)),
      () => [parameter],
    )
    const trainer = new Trainer(model(), key(0).normal([6, 3]), {
      ...{ epochs: 1, batchSize: 3, readEvery: 2, objective },
      ...{ optimizer: sgd({ learningRate: 2 }), clipGradient: { norm: 1e9 } },
    })
    trainer.step()
    expect(parameter.value.item()).toBe(0)
    expect(trainer.step().values).toEqual({})
    expect(() => trainer.finishEpoch()).toThrow(
      "fit: expected finite weights after epoch 0, got NaN or infinity in 'root'",
    )
    trainer.release()
  })

  it('is bounded by value like any other where it is infinite', () => {
    const parameter = root(1)
    const objective = objectiveOf(
      () => mean(sqrt(parameter.value)),
      () => [parameter],
    )
    const trainer = new Trainer(model(), key(0).normal([6, 3]), {
      ...{ epochs: 1, batchSize: 3, objective },
      ...{ optimizer: sgd({ learningRate: 2 }), clipGradient: { value: 0.5 } },
    })
    trainer.step()
    trainer.step()
    expect(parameter.value.item()).toBe(-1)
    trainer.release()
  })
})
