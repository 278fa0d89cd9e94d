import { adam, autoencoder, fit, type Objective } from '@facet/models'
import { init, key, mean, mul, square, sub, type Tensor } from '@facet/tensor'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { learnedBank } from '../learned/learned-bank.ts'
import { warpedSeries } from '../learned/testing/synthetic-samples.ts'
import { fixedBank } from './fixed-bank.ts'
import type { GeneratorBank } from './generator-bank.ts'
import { imageBank } from './image-bank.ts'
import { drawEpsilon, orbitScale } from './orbit-scale.ts'
import { permutedBank } from './permuted-bank.ts'
import { seriesBank } from './series-bank.ts'

/** New banks, all of dimension 24. */
const banks: Readonly<Record<string, () => GeneratorBank>> = {
  series: () => seriesBank({ length: 24, parts: 'WAT', bumps: 3 }),
  image: () => imageBank({ height: 4, width: 6 }),
  fixed: () => fixedBank(key('G').normal([3, 24, 24], 'float64'), { priorScale: 0.05 }),
  permuted: () => permutedBank(seriesBank({ length: 24 })),
  learned: () => learnedBank(warpedSeries(9, 24, 0.1), { bumps: 3 }),
  'learned, in an order': () =>
    learnedBank(warpedSeries(9, 24, 0.1), { amplitude: false, order: key('order').permutation(24) }),
  'learned from images': () =>
    learnedBank(key('images').normal([9, 24], 'float64'), { shape: { height: 4, width: 6 } }),
}

const names = Object.keys(banks)

describe('on every backend', () => {
  /** Everything a bank says of some data, as numbers. */
  const numbersOf = (bank: GeneratorBank, dtype: 'float32' | 'float64'): number[][] => {
    const x = key('x').normal([8, 24], dtype)
    const scale = orbitScale(bank, x)
    const epsilon = drawEpsilon(bank, scale, 1, 8, key('epsilon'))
    return [bank.tangents(x), bank.act(x, epsilon), scale.covariance].map((t: Tensor) => [...t.dataSync()])
  }

  it.each(names)('gives the same numbers, one bank on both: %s', async (name) => {
    const bank = banks[name]()
    for (const [dtype, tolerance] of [
      ['float32', 2e-4],
      ['float64', 1e-10],
    ] as const) {
      const [wasm, reference] = [[], []] as number[][][]
      await init()
      wasm.push(...numbersOf(bank, dtype))
      await init({ backend: 'reference' })
      reference.push(...numbersOf(bank, dtype))
      wasm.forEach((values, part) => {
        const size = Math.max(...values.map(Math.abs))
        values.forEach((value, i) => {
          expect(Math.abs(value - reference[part][i])).toBeLessThan(tolerance * size)
        })
      })
    }
  })
})

describe('in training', () => {
  beforeAll(() => init())
  beforeEach(() => init())

  /** Reconstructs moved samples; `scale` is that of no data, so that the first action is in the first step. */
  const orbit = (bank: GeneratorBank): Objective => ({
    name: 'orbit',
    start: (model) => ({
      parameters: [],
      loss({ x }, at) {
        const epsilon = mul(at.key.normal([x.shape[0], bank.size]), 0.1)
        const moved = bank.act(x, epsilon)
        const tangents = mean(square(bank.tangents(moved)))
        const error = mean(square(sub(model.reconstruct(moved), moved)))
        return { loss: error, values: { orbit: error, tangents } }
      },
      diagnostics: () => ({}),
    }),
  })

  it.each(names)(
    'is replayed, though its constants are made in the recorded step, to the same bits: %s',
    async (name) => {
      const trained = async (replay: boolean) => {
        const model = autoencoder({
          input: 24,
          bottleneck: 2,
          encoderHidden: [4],
          decoderHidden: [4],
          seed: 1,
        })
        const data = key('data').normal([20, 24])
        const options = {
          epochs: 4,
          batchSize: 8,
          optimizer: adam(),
          objective: orbit(banks[name]()),
          replay,
        }
        const history = await fit(model, data, options)
        return { history, weights: model.parameters.map(({ value }) => [...value.dataSync()]) }
      }
      const [replayed, eager] = [await trained(true), await trained(false)]
      expect(replayed.history.execution).toMatchObject({ obstacle: null })
      expect(replayed.history.execution.replayed).toBeGreaterThan(5)
      expect(eager.history.execution.replayed).toBe(0)
      expect(replayed.weights).toEqual(eager.weights)
    },
  )
})
