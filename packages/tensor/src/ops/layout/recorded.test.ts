import { beforeAll, describe, expect, it } from 'vitest'
import { rewrite } from '../../creation.ts'
import {
  init,
  keep,
  key,
  type PadOptions,
  pad,
  slice,
  stridedSlice,
  type Tensor,
  tensor,
} from '../../index.ts'
import { record } from '../../record.ts'

beforeAll(() => init({ backend: 'wasm' }))

const mode = (name: PadOptions['mode']) => (x: Tensor) =>
  pad(
    x,
    [
      [2, 1],
      [0, 4],
    ],
    { mode: name },
  )

const functions: [string, (x: Tensor) => Tensor][] = [
  ['slice in steps', (x) => slice(x, [2, 0], [2, 2], [-2, 2])],
  ['stridedSlice', (x) => stridedSlice(x, [{ step: -1 }, 1])],
  [
    'pad with what lies between',
    (x) =>
      pad(
        x,
        [
          [1, 0],
          [0, 2],
        ],
        { value: 1, interior: [2, 1] },
      ),
  ],
  ['pad by the edge', mode('edge')],
  ['pad by reflection', mode('reflect')],
  ['pad by the mirror image', mode('symmetric')],
  ['pad by the other end', mode('wrap')],
]

describe('in a recorded step', () => {
  it.each(functions)('%s computes again what it would compute, of any dtype', (_, f) => {
    for (const dtype of ['float32', 'float64', 'int32', 'uint32', 'bool'] as const) {
      const x = keep(tensor([1, 0, 1, 0, 0, 1, 1, 1, 0], { dtype, shape: [3, 3] }))
      const { recording, obstacle } = record(key('step'), () => keep(f(x)))
      expect(obstacle).toBeNull()
      const before = recording!.result.dataSync().slice()
      const flipped = x.dataSync().map((value) => 1 - value)
      rewrite(x, flipped)
      recording!.replay(key('step'))
      const want = f(tensor(flipped, { dtype, shape: [3, 3] })).dataSync()
      expect(recording!.result.dataSync()).toEqual(want)
      expect(want).not.toEqual(before)
      recording!.result.dispose()
      recording!.dispose()
    }
  })
})
