import { readFileSync } from 'node:fs'
import { init, tensor } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import { maxDifference } from '../testing/random-models.ts'
import { loadModel } from './load-model.ts'
import { saveModel } from './save-model.ts'

/** Written by `saveModel` of the first release, with what that release reconstructed; parts around layers were no layers then. */
interface Written {
  readonly file: string
  readonly names: readonly string[]
  readonly x: number[][]
  readonly reconstructed: number[][]
}

const fixtures: Readonly<Record<string, Written>> = JSON.parse(
  readFileSync(new URL('./fixtures/first-release.json', import.meta.url), 'utf8'),
)

beforeAll(() => init())

test.each(Object.keys(fixtures))('a model file of the first release is read as layers: %s', async (name) => {
  const { file, names, x, reconstructed } = fixtures[name]
  const model = loadModel(Buffer.from(file, 'base64'))
  expect(model.parameters.map((parameter) => parameter.name)).toEqual(names)
  const found = model.reconstruct(tensor(x, { dtype: model.dtype }))
  // Sums with an offset are taken in another order now.
  const epsilon = model.dtype === 'float64' ? 1e-15 : 1e-6
  expect(maxDifference(found.dataSync(), reconstructed.flat())).toBeLessThan(4 * epsilon)
  const again = loadModel(await saveModel(model))
  expect(again.reconstruct(tensor(x, { dtype: model.dtype })).toArray()).toEqual(found.toArray())
})
