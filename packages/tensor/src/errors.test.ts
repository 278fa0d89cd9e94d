import { beforeAll, describe, expect, it, vi } from 'vitest'
import * as f from './index.ts'

beforeAll(() => f.init())

const a23 = (): f.Tensor => f.zeros([2, 3])
const cases: [string, () => unknown, string][] = [
  ['matmul', () => f.matmul(a23(), f.zeros([4, 3])), 'matmul: inner dimensions differ: [2, 3] · [4, 3]'],
  [
    'matmul, transposed',
    () => f.matmul(a23(), f.zeros([3, 4]), { transposeB: true }),
    'matmul: inner dimensions differ: [2, 3] · [3, 4]ᵀ',
  ],
  [
    'matmul of vectors',
    () => f.matmul(f.zeros([3]), a23()),
    'matmul: expected matrices of rank ≥ 2, got [3]',
  ],
  ['broadcasting', () => f.add(a23(), f.zeros([2])), 'add: shapes do not broadcast: [2, 3] and [2]'],
  [
    'mixed dtypes',
    () => f.add(a23(), f.zeros([3], 'float64')),
    'add: dtypes differ: float32 and float64; cast one',
  ],
  [
    'a wrong kind',
    () => f.exp(f.zeros([1], 'int32')),
    'exp: expected float32 or float64, got int32; cast first',
  ],
  [
    'arithmetic on bools',
    () => f.add(f.zeros([1], 'bool'), f.zeros([1], 'bool')),
    'add: expected numbers, got bool',
  ],
  ['a fraction beside integers', () => f.mul(f.zeros([1], 'int32'), 0.5), 'mul: 0.5 is not a int32'],
  ['two numbers', () => f.add(1, 2), 'add: expected at least one tensor, got 1 and 2'],
  ['an axis', () => f.sum(a23(), 2), 'sum: axis 2 is not in a tensor of rank 2'],
  ['an axis named twice', () => f.sum(a23(), [0, -2]), 'sum: axis 0 is named twice'],
  ['an empty maximum', () => f.max(f.zeros([0, 2]), 0), 'max: axis 0 of [0, 2] is empty'],
  ['reshape', () => f.reshape(a23(), [4]), 'reshape: [2, 3] has 6 elements, [4] needs 4'],
  ['an open length', () => f.reshape(a23(), [4, -1]), 'reshape: [2, 3] does not fit [4, -1]'],
  ['transpose', () => f.transpose(a23(), [0, 0]), 'transpose: expected each of 2 axes once, got [0, 0]'],
  ['slice', () => f.slice(a23(), [0, 2], [2, 2]), 'slice: [2, 4) is outside axis 1 of [2, 3]'],
  ['rows', () => f.rows(a23(), 1, 3), 'slice: [1, 3) is outside axis 0 of [2, 3]'],
  [
    'concat',
    () => f.concat([a23(), f.zeros([2, 2])], 0),
    'concat: shapes differ beside axis 0: [2, 3] and [2, 2]',
  ],
  [
    'gather',
    () => f.gather(a23(), f.tensor(new Int32Array([3]))),
    'gather: index 3 is outside an axis of length 2',
  ],
  ['gather by floats', () => f.gather(a23(), f.tensor([0])), 'gather: expected int32 indices, got float32'],
  [
    'affine',
    () => f.affine(a23(), f.zeros([5, 4]), null, f.reluActivation),
    'affine: inner dimensions differ: [2, 3] · [5, 4]ᵀ',
  ],
  [
    'affine bias',
    () => f.affine(a23(), f.zeros([5, 3]), f.zeros([4]), f.reluActivation),
    'affine: expected b [5], got [4]',
  ],
  [
    'applySlopes',
    () => f.applySlopes(f.zeros([2, 1], 'uint32'), f.zeros([3, 5]), f.reluActivation),
    'applySlopes: expected a code [..., 1] whose leading axes start [3, 5], got [2, 1]',
  ],
  ['expm', () => f.expm(a23()), 'expm: expected square matrices, got [2, 3]'],
  ['einsum', () => f.einsum('ij,jk->ik', a23(), a23()), "einsum: 'ij,jk->ik': 'j' is 3 and 2"],
  [
    'ragged values',
    () => f.tensor([[1, 2], [3]]),
    'tensor: ragged values: expected 2 values at [1], got an array of 1',
  ],
  [
    'missing depth',
    () => f.tensor([[1], 2 as unknown as number[]]),
    'tensor: expected 1 values at [1], got 2',
  ],
  [
    'a shape that does not fit',
    () => f.tensor([1, 2], { shape: [3] }),
    'tensor: [3] needs 3 elements, got 2',
  ],
  ['a negative length', () => f.zeros([-1]), 'full: expected lengths that are whole numbers ≥ 0, got [-1]'],
  ['item', () => a23().item(), 'item: expected one element, got shape [2, 3]'],
  ['topKMask', () => f.topKMask(a23(), 4), 'topKMask: expected k in 0 … 3, got 4'],
]

describe('errors name the operation, what was expected and what came', () => {
  it.each(cases)('%s', (_name, run, message) => {
    expect(run).toThrow(message)
  })

  it('an unknown backend is named with those there are', async () => {
    await expect(f.init({ backend: 'abacus' })).rejects.toThrow(
      "init: expected a backend among reference, got 'abacus'",
    )
  })

  it('ops before init say how to begin', async () => {
    vi.resetModules()
    const fresh = await import('./index.ts')
    expect(() => fresh.zeros([2])).toThrow('full: there is no backend yet: call await init() first')
  })
})
