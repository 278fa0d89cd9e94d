import { fit as fitRows, load } from '@facet/facet'
import { jobRows } from './program.ts'

type Model = Awaited<ReturnType<typeof fitRows>>

const wide = (count: number, columns: number): Float32Array => {
  const narrow = jobRows(count)
  return Float32Array.from({ length: count * columns }, (_, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns]
    return narrow[16 * row + (column % 16)] * (1 + (column % 7)) + ((column * row) % 13) / 50
  })
}

/** What a page does with a model, each under its name; no two at once. */
export async function* activities(): AsyncGenerator<readonly [name: string, run: () => Promise<unknown>]> {
  const small = jobRows(2000)
  const large = wide(2000, 784)
  let [model, bytes]: [Model | null, Uint8Array] = [null, new Uint8Array()]
  yield ['fit, 2,000 × 16', async () => (model = await fitRows(small, { columns: 16, bottleneck: 3 }))]
  yield ["fit, 2,000 × 16, skip: 'pca'", () => fitRows(small, { columns: 16, bottleneck: 3, skip: 'pca' })]
  const rows = jobRows(10_000)
  const lists = Array.from({ length: 10_000 }, (_, i) => Array.from(rows.subarray(16 * i, 16 * i + 16)))
  yield ['score, 10,000 × 16 in one array', async () => model!.score(rows)]
  yield ['score, 10,000 lists', async () => model!.score(lists)]
  yield ['explain, 1,000 × 16', async () => model!.explain(rows.subarray(0, 16_000))]
  yield ['outside, 1,000 × 16', async () => model!.outside(rows.subarray(0, 16_000))]
  yield ['save', async () => (bytes = await model!.save())]
  yield ['load', () => load(bytes)]
  yield ['partialFit, 32 × 16', () => model!.partialFit(rows.subarray(0, 512))]
  yield ['partialFit, 2,000 × 16', () => model!.partialFit(small)]
  yield ['fit, 2,000 × 784', async () => (model = await fitRows(large, { columns: 784, epochs: 4 }))]
  yield ['save, 784 columns', async () => (bytes = await model!.save())]
  yield ['load, 784 columns', () => load(bytes)]
  yield ['score, 2,000 × 784', async () => model!.score(large)]
  yield ["fit, 2,000 × 784, skip: 'pca'", () => fitRows(large, { columns: 784, epochs: 4, skip: 'pca' })]
}
