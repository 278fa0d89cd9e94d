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
  [
    'a fraction beside integers',
    () => f.mul(f.zeros([1], 'int32'), 0.5),
    'mul: 0.5 is not an int32; cast the tensor first',
  ],
  ['two numbers', () => f.add(1, 2), 'add: expected at least one tensor, got 1 and 2'],
  ['an axis', () => f.sum(a23(), 2), 'sum: axis 2 is not in a tensor of rank 2'],
  ['an axis named twice', () => f.sum(a23(), [0, -2]), 'sum: axis 0 is named twice'],
  ['an empty maximum', () => f.max(f.zeros([0, 2]), 0), 'max: axis 0 of [0, 2] is empty'],
  ['reshape', () => f.reshape(a23(), [4]), 'reshape: [2, 3] has 6 elements, [4] needs 4'],
  ['an open length', () => f.reshape(a23(), [4, -1]), 'reshape: [2, 3] does not fit [4, -1]'],
  ['transpose', () => f.transpose(a23(), [0, 0]), 'transpose: expected each of 2 axes once, got [0, 0]'],
  ['slice', () => f.slice(a23(), [0, 2], [2, 2]), 'slice: [2, 4) is outside axis 1 of [2, 3]'],
  ['rows', () => f.rows(a23(), 1, 3), 'rows: expected rows within 0 … 2, got 1 … 3'],
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
  ['a negative length', () => f.zeros([-1]), 'zeros: expected lengths that are whole numbers ≥ 0, got [-1]'],
  ['item', () => a23().item(), 'item: expected one element, got shape [2, 3]'],
  ['text among values', () => f.tensor([1, '2' as never]), "tensor: expected a number at [1], got '2'"],
  ['booleans among numbers', () => f.tensor([true, 2 as never]), 'tensor: expected a boolean at [1], got 2'],
  [
    'a fraction as an integer',
    () => f.tensor([1.5], { dtype: 'int32' }),
    'tensor: expected an int32, got 1.5',
  ],
  [
    'a number too large',
    () => f.tensor(new Float64Array([3e9]), { dtype: 'int32' }),
    'tensor: expected an int32, got 3000000000',
  ],
  [
    'a dtype in place of options',
    () => f.tensor([1], 'float64' as never),
    "tensor: expected options { dtype, shape }, got 'float64'",
  ],
  [
    'an unknown dtype',
    () => f.zeros([1], 'float16' as never),
    "zeros: expected a dtype among float32, float64, int32, uint32, bool, got 'float16'",
  ],
  ['a cast to an unknown dtype', () => f.cast(a23(), 'half' as never), 'cast: expected a dtype among'],
  [
    'a number in place of a shape',
    () => f.ones(3 as never),
    'ones: expected a shape, an array of lengths such as [2, 3], got 3',
  ],
  [
    'more than memory',
    () => f.zeros([1e9, 1e9]),
    'zeros: no room for 1000000000000000000 numbers in float32',
  ],
  [
    'more than memory as a result',
    () => f.broadcastTo(f.ones([1, 1]), [1e9, 1e9]),
    'broadcastTo: no room for [1000000000, 1000000000] float32',
  ],
  [
    'arange of one number',
    () => f.arange(5, undefined as never),
    'arange: expected finite start, stop and step, got 5, undefined and 1',
  ],
  ['arange of fractions', () => f.arange(0, 1, 0.5, 'int32'), 'arange: expected an int32, got 0.5'],
  ['a number in place of a tensor', () => f.exp(1 as never), 'exp: expected a tensor, got 1'],
  [
    'an array in place of a tensor',
    () => f.sum([1, 2] as never),
    'sum: expected a tensor, got an array of 2',
  ],
  [
    'an array as an operand',
    () => f.add(a23(), [1, 2, 3] as never),
    'add: expected a tensor or a number, got an array of 3',
  ],
  ['tensors that are no list', () => f.concat(a23() as never, 0), 'concat: expected a list of tensors'],
  ['axes that are no list', () => f.transpose(a23(), 1 as never), 'transpose: expected a list of axes'],
  [
    'an axis by name',
    () => f.sum(a23(), 'rows' as never),
    'sum: expected an axis or a list of axes, got rows',
  ],
  ['stack', () => f.stack([a23(), f.zeros([2])]), 'stack: shapes differ: [2, 3] and [2]'],
  [
    'a batched matmul',
    () => f.matmul(f.zeros([2, 3, 4]), f.zeros([3, 4, 5])),
    'matmul: leading axes do not broadcast: [2, 3, 4] · [3, 4, 5]',
  ],
  [
    'a mean of integers',
    () => f.mean(f.zeros([2], 'int32')),
    'mean: expected float32 or float64, got int32; cast first',
  ],
  [
    'an activation by name',
    () => f.affine(a23(), f.zeros([5, 3]), null, 'relu' as never),
    "affine: expected an activation such as reluActivation, got 'relu'",
  ],
  [
    'an unknown activation',
    () => f.affine(a23(), f.zeros([5, 3]), null, { name: 'tanh', alpha: 0 } as never),
    "affine: expected an activation such as reluActivation, got 'tanh'",
  ],
  [
    'oneHot',
    () => f.oneHot(f.zeros([1], 'int32'), -1),
    'oneHot: depth: expected an integer of at least 0, got -1',
  ],
  [
    'uniform',
    () => f.key(0).uniform([2], { min: 1 } as object),
    "uniform: unknown option 'min'; Known: low, high, dtype",
  ],
  ['normal', () => f.key(0).normal([2], 'int32' as never), 'normal: dtype: expected one of float32, float64'],
  [
    'an ArrayBuffer as a file',
    () => f.loadNpy(new ArrayBuffer(8) as never),
    'decodeNpy: expected a Uint8Array, got an object of class ArrayBuffer; wrap it: new Uint8Array(buffer)',
  ],
  ['a path as a file', () => f.loadSafetensors('a.st' as never), "expected a Uint8Array, got 'a.st'"],
  ['topKMask', () => f.topKMask(a23(), 4), 'topKMask: expected k in 0 … 3, got 4'],
]

describe('errors name the operation, what was expected and what came', () => {
  it.each(cases)('%s', (_name, run, message) => {
    expect(run).toThrow(message)
  })

  it('an unknown backend is named with those there are', async () => {
    await expect(f.init({ backend: 'abacus' })).rejects.toThrow(
      "init: backend: expected one of wasm, reference, got 'abacus'",
    )
    await expect(f.init({ backend: 'toString' })).rejects.toThrow("got 'toString'")
    await expect(f.init({ backnd: 'reference' } as object)).rejects.toThrow(
      "init: unknown option 'backnd'; did you mean 'backend'?",
    )
  })

  it('ops before init say how to begin', async () => {
    vi.resetModules()
    const fresh = await import('./index.ts')
    expect(() => fresh.zeros([2])).toThrow('zeros: there is no backend yet: call await init() first')
  })
})
