import { init } from '@facet/tensor'
import '@facet/tensor/gpu'
import { afterAll, expect, it } from 'vitest'
import { type FittedModel, fit } from './index.ts'

afterAll(() => init())

const circle = (count: number, from = 0): number[][] =>
  Array.from({ length: count }, (_, i) => {
    const t = 2.4 * (i + from)
    return [Math.sin(t), Math.cos(t), Math.sin(t) * Math.cos(t)]
  })
const odd = [0.6, 0.8, 3]
const options = { bottleneck: 2, hidden: [16], epochs: 6, batchSize: 20 }

/** What a model says, as numbers. */
const told = (model: FittedModel): number[] => {
  const { error, mean, pca } = model.report
  const [{ columns, cause }] = model.explain([odd])
  return [
    ...[error, mean!, pca!].flatMap(({ train, validation }) => [train, validation!]),
    ...model.score([...circle(3, 500), odd]),
    ...model.pValues([odd]),
    ...model.reconstruct([odd])[0],
    ...model.encode([odd])[0],
    columns[0].share,
    cause!.expected,
  ]
}

it('fits, scores, explains and reports on a GPU, which has no float64, as on the processor', async () => {
  await init()
  const want = told(await fit(circle(100), options))
  await init({ backend: 'gpu' })
  const model = await fit(circle(100), options)
  const got = told(model)
  expect(got.length).toBe(want.length)
  got.forEach((x, i) => void expect(x, `number ${i}`).toBeCloseTo(want[i], 2))
  expect(model.isAnomaly([odd])).toEqual([true])
  expect(model.explain([odd])[0].columns[0].column).toBe(2)
})
