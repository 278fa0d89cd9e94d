import { type Autoencoder, autoencoder, explain, rowErrors, saveModel } from '@facet/models'
import { init, key, type Tensor } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { seeds } from '../../../models/src/testing/random-layers.ts'
import { buildAutoencoder, randomAutoencoder } from '../../../models/src/testing/random-models.ts'
import { load } from './index.ts'
import { randomAutoencoders } from './testing/random-autoencoders.ts'

beforeAll(() => init())

/** Largest difference, relative to the largest number of the engine's, or 1. */
function relative(found: readonly number[], expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length)
  const size = Math.max(1, ...Array.from(expected, Math.abs))
  return Math.max(0, ...found.map((value, i) => Math.abs(value - expected[i]) / size))
}

async function expectEngine(model: Autoencoder, x: Tensor, epsilon: number): Promise<void> {
  const scorer = load(await saveModel(model))
  const rows = x.toArray() as number[][]
  expect(relative(scorer.score(rows), rowErrors(model, x))).toBeLessThan(epsilon)
  expect(relative(scorer.encode(rows).flat(), model.encode(x).dataSync())).toBeLessThan(epsilon)
  expect(relative(scorer.reconstruct(rows).flat(), model.reconstruct(x).dataSync())).toBeLessThan(epsilon)
}

/** As the engine explains; where two causes take away the same but for rounding either may be told. */
async function expectExplained(model: Autoencoder, x: Tensor, epsilon: number): Promise<number> {
  const rows = x.toArray() as number[][]
  const d = model.input
  const { shares, cause, causeShare, expected } = explain(model, x)
  let same = 0
  load(await saveModel(model))
    .explain(rows)
    .forEach(({ columns, cause: own }, i) => {
      const byColumn = rows[i].map((_, j) => columns.find(({ column }) => column === j)!.share)
      expect(relative(byColumn, shares.subarray(i * d, (i + 1) * d))).toBeLessThan(epsilon)
      expect(columns.map(({ share }) => share)).toEqual([...byColumn].sort((a, b) => b - a))
      expect(Math.abs((own?.share ?? 0) - causeShare[i])).toBeLessThan(epsilon)
      if (own?.column !== cause[i]) return
      same++
      expect(own.value).toBe(rows[i][cause[i]])
      expect(relative([own.expected], [expected[i]])).toBeLessThan(epsilon)
    })
  return same
}

describe('scores, codes, reconstructions and explanations are the engine’s', () => {
  test.each(randomAutoencoders)('%s', async (_, make) => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const model = make(seed)
        const x = key(seed).child('x').normal([4, model.input], 'float64')
        await expectEngine(model, x, 1e-12)
        await expectExplained(model, x, 1e-6)
      }),
      { numRuns: 12 },
    )
  })

  test('with anything around dense layers', async () => {
    let same = 0
    await fc.assert(
      fc.asyncProperty(randomAutoencoder, seeds, async (given, seed) => {
        const model = buildAutoencoder(given)
        const x = key(seed).normal([4, model.input], 'float64')
        await expectEngine(model, x, 1e-11)
        same += await expectExplained(model, x, 1e-6)
      }),
      { numRuns: 40 },
    )
    expect(same).toBeGreaterThan(40)
  })

  test('in float32, and with tied weights', async () => {
    for (const seed of [0, 1, 2]) {
      const model = autoencoder({ input: 16, bottleneck: 3, encoderHidden: [32], decoderHidden: [32], seed })
      // He weights: errors are as large as the rows, so that rounding to float32 is a share of 1e-7 of them.
      await expectEngine(model, key(seed).normal([50, 16]), 1e-6)
      await expectExplained(model, key(seed).normal([50, 16]), 1e-5)
      const [first, , , , , , last] = model.parameters
      expect(last.value.shape).toEqual([16, 32])
      const square = autoencoder({ input: 4, bottleneck: 4, encoderHidden: [4], decoderHidden: [4], seed })
      square.parameters[2].value = square.parameters[0].value
      await expectEngine(square, key(seed).normal([9, 4]), 1e-6)
      expect(first.value.shape).toEqual([32, 16])
    }
  })
})

test('one model scores rows one by one as it does together, whatever it explained before', async () => {
  const model = autoencoder({
    input: 5,
    bottleneck: 2,
    encoderHidden: [7],
    decoderHidden: [7],
    dtype: 'float64',
  })
  const scorer = load(await saveModel(model))
  const rows = key(3).normal([6, 5], 'float64').toArray() as number[][]
  const together = scorer.score(rows)
  const one = rows.map((row) => {
    scorer.explain([row])
    return scorer.score([row])[0]
  })
  expect(one).toEqual(together)
})
