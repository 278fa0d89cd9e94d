import type { Samples } from '@facet/data/node'
import { add, key, matmul, mul, type Tensor } from '@facet/tensor'

/** Rows that lie near a plane: something to learn, in no time. */
export function planeRows(count: number, columns: number, seed = 0): Tensor {
  const flat = key(seed).child('flat').normal([count, 2])
  const axes = key('axes').normal([2, columns])
  const noise = mul(key(seed).child('noise').normal([count, columns]), 0.1)
  return add(matmul(flat, axes), noise)
}

/** Samples as `loadSamples` gives them. */
export const sampleFixture = (data: Tensor, more: Partial<Samples> = {}): Samples => ({
  name: 'fixture.csv',
  data,
  labels: null,
  classes: null,
  columns: null,
  ids: [],
  time: null,
  group: null,
  notes: [],
  image: null,
  rowsInFile: data.shape[0],
  rows: null,
  ...more,
})
