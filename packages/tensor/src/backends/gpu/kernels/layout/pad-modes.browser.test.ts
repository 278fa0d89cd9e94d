import { init, type PadOptions, pad, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import '../../index.ts'

/** Which row and which column of two by three stands in each place of five by seven, as NumPy has it. */
const sources: [PadOptions['mode'], rows: number[], columns: number[]][] = [
  ['edge', [0, 0, 0, 1, 1], [0, 1, 2, 2, 2, 2, 2]],
  ['reflect', [0, 1, 0, 1, 0], [0, 1, 2, 1, 0, 1, 2]],
  ['symmetric', [1, 0, 0, 1, 1], [0, 1, 2, 2, 1, 0, 0]],
  ['wrap', [0, 1, 0, 1, 0], [0, 1, 2, 0, 1, 2, 0]],
]

const around = [
  [2, 1],
  [0, 4],
] as const

beforeAll(() => init({ backend: 'gpu' }))

describe('on the GPU, pad', () => {
  it.each(sources)("with mode '%s' continues tensors of every dtype", async (mode, rows, columns) => {
    const values = [1, 0, 1, 0, 0, 1]
    for (const dtype of ['float32', 'int32', 'uint32', 'bool'] as const) {
      const padded = pad(tensor(values, { dtype, shape: [2, 3] }), around, { mode })
      expect([padded.dtype, padded.shape]).toEqual([dtype, [5, 7]])
      const want = rows.flatMap((row) => columns.map((column) => values[3 * row + column]))
      expect([...(await padded.data())], dtype).toEqual(want)
    }
  })
})
