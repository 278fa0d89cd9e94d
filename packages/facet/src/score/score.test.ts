import { type Autoencoder, explain, loadModel, rowErrors, saveModel } from '@facet/models'
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

/** As the engine explains, unless two causes, or a cutoff, are apart by rounding alone. */
async function expectExplained(model: Autoencoder, x: Tensor, epsilon: number): Promise<void> {
  const rows = x.toArray() as number[][]
  const { shares, cause, causeShare, expected } = explain(model, x)
  const found = load(await saveModel(model)).explain(rows)
  found.forEach(({ columns, cause: own }, i) => {
    const byColumn = Array.from(rows[i], (_, j) => columns.find(({ column }) => column === j)!.share)
    expect(relative(byColumn, shares.subarray(i * rows[i].length, (i + 1) * rows[i].length))).toBeLessThan(
      epsilon,
    )
    expect(columns.map(({ share }) => share)).toEqual([...byColumn].sort((a, b) => b - a))
    expect(Math.abs((own?.share ?? 0) - causeShare[i])).toBeLessThan(epsilon)
    if (own === null || own.column !== cause[i]) return
    expect(own.value).toBe(rows[i][cause[i]])
    expect(relative([own.expected], [expected[i]])).toBeLessThan(1e-3 * Math.sqrt(epsilon))
  })
}

describe('scores, codes and reconstructions are the engine’s', () => {
  test.each(randomAutoencoders)('%s', async (_, make) => {
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        const model = make(seed)
        const x = key(seed).child('x').normal([4, model.input], 'float64')
        await expectEngine(model, x, 1e-12)
        await expectExplained(model, x, 1e-6)
      }),
      { numRuns: 15 },
    )
  })
  test('with anything around dense layers', async () => {
    await fc.assert(
      fc.asyncProperty(randomAutoencoder, seeds, async (given, seed) => {
        const model = buildAutoencoder(given)
        const x = key(seed).normal([4, model.input], 'float64')
        await expectEngine(model, x, 1e-11)
        await expectExplained(model, x, 1e-6)
      }),
      { numRuns: 40 },
    )
  })
})
void loadModel
