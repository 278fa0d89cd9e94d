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
    'matmul of a vector that does not fit',
    () => f.matmul(f.zeros([3]), a23()),
    'matmul: inner dimensions differ: [3] · [2, 3]',
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
  ['holes', () => f.tensor(new Array(3)), 'tensor: expected a number at [0], got undefined'],
  ['a BigInt', () => f.tensor([1n] as never), 'tensor: expected a number at [0], got 1n'],
  ['a text', () => f.tensor(['1'] as never), "tensor: expected a number at [0], got '1'"],
  ['full of a text', () => f.full([2], '1' as never), "full: expected a float32, got '1'"],
  ['a BigInt as an operand', () => f.add(a23(), 1n as never), 'add: expected a tensor or a number, got 1n'],
  ['a text as an operand', () => f.mul('2' as never, a23()), "mul: expected a tensor or a number, got '2'"],
  ['NaN beside integers', () => f.add(f.zeros([1], 'int32'), Number.NaN), 'add: NaN is not an int32'],
  ['a bool of where', () => f.where(f.zeros([1], 'bool'), f.zeros([1], 'bool'), 2), 'where: 2 is not a bool'],
  ['pad below 0', () => f.pad(f.zeros([1], 'uint32'), [[1, 0]], -1), 'pad: expected a uint32, got -1'],
  ['pad by a fraction', () => f.pad(f.zeros([1], 'int32'), [[1, 0]], 1.5), 'pad: expected an int32, got 1.5'],
  ['pad by a text', () => f.pad(f.zeros([1]), [[1, 0]], 'x' as never), "pad: expected a float32, got 'x'"],
  ['pad of bools', () => f.pad(f.zeros([1], 'bool'), [[1, 0]], 2), 'pad: expected a bool, got 2'],
  [
    'padding of a fraction',
    () => f.pad(f.zeros([1]), [[1.5, 0]]),
    'pad: expected 1 pairs of whole numbers ≥ 0, got [[1.5, 0]]',
  ],
  ['padding that is NaN', () => f.pad(f.zeros([1]), [[Number.NaN, 0]]), 'got [[NaN, 0]]'],
  [
    'a slice of 2.5',
    () => f.slice(a23(), [0, 0], [1, 2.5]),
    'slice: expected sizes that are whole numbers ≥ 0, got [1, 2.5]',
  ],
  [
    'a slice of texts',
    () => f.slice(a23(), [0, 0], ['1', 1] as never),
    "slice: expected sizes that are whole numbers ≥ 0, got ['1', 1]",
  ],
  [
    'a slice from −1',
    () => f.slice(a23(), [-1, 0], [1, 1]),
    'slice: expected starts that are whole numbers ≥ 0, got [-1, 0]',
  ],
  ['a slice of too few', () => f.slice(a23(), [0], [1, 1]), 'slice: expected 2 starts, got [0]'],
  [
    'broadcastTo 2.5',
    () => f.broadcastTo(f.ones([1]), [2.5]),
    'broadcastTo: expected lengths that are whole numbers ≥ 0, got [2.5]',
  ],
  [
    'broadcastTo −1',
    () => f.broadcastTo(f.ones([1]), [-1]),
    'broadcastTo: expected lengths that are whole numbers ≥ 0, got [-1]',
  ],
  [
    'broadcastTo NaN',
    () => f.broadcastTo(f.ones([1]), [Number.NaN]),
    'broadcastTo: expected lengths that are whole numbers ≥ 0, got [NaN]',
  ],
  [
    'broadcastTo texts',
    () => f.broadcastTo(f.ones([1]), ['2'] as never),
    "broadcastTo: expected lengths that are whole numbers ≥ 0, got ['2']",
  ],
  [
    'broadcastTo nothing',
    () => f.broadcastTo(f.ones([1]), undefined as never),
    'broadcastTo: expected a shape',
  ],
  [
    'reshape of nothing',
    () => f.reshape(f.zeros([0]), [-1, 0]),
    'reshape: [0] does not fit [-1, 0]: −1 could be any length',
  ],
  ['reshape to nothing', () => f.reshape(a23(), [-1, 0]), 'reshape: [2, 3] does not fit [-1, 0]'],
  [
    'reshape to 1.5',
    () => f.reshape(a23(), [1.5, 4]),
    'reshape: expected lengths that are whole numbers ≥ 0, got [1.5, 4]',
  ],
  [
    'reshape to −1 and 1.5',
    () => f.reshape(a23(), [-1, 1.5]),
    'reshape: expected lengths that are whole numbers ≥ 0, got [1.5]',
  ],
  [
    'reshape to −1 twice',
    () => f.reshape(a23(), [-1, -1]),
    'reshape: expected −1 once at most, got [-1, -1]',
  ],
  [
    'tile by 1.5',
    () => f.tile(f.ones([2]), [1.5]),
    'tile: expected counts that are whole numbers ≥ 0, got [1.5]',
  ],
  [
    'tile by a number',
    () => f.tile(f.ones([2]), 2 as never),
    'tile: expected 1 counts, an array of whole numbers, got 2',
  ],
  ['expandDims at 0.5', () => f.expandDims(a23(), 0.5), 'expandDims: axis 0.5 is not in a tensor of rank 3'],
  ["cumsum along '0'", () => f.cumsum(a23(), '0' as never), "cumsum: axis '0' is not in a tensor of rank 2"],
  ['rows of fractions', () => f.rows(a23(), 0.5, 1), 'rows: expected rows within 0 … 2, got 0.5 … 1'],
  [
    'scatterAdd of 2.5',
    () => f.scatterAdd(f.ones([1]), f.zeros([1], 'int32'), 2.5),
    'scatterAdd: size: expected an integer of at least 0, got 2.5',
  ],
  [
    'oneHot of NaN',
    () => f.oneHot(f.zeros([1], 'int32'), Number.NaN),
    'oneHot: depth: expected an integer of at least 0, got NaN',
  ],
  [
    'unpackStates of 2.5',
    () => f.unpackStates(f.zeros([1], 'uint32'), 2.5),
    'unpackStates: units: expected an integer of at least 0, got 2.5',
  ],
  ["topKMask of '1'", () => f.topKMask(a23(), '1' as never), "topKMask: expected k in 0 … 3, got '1'"],
  ['eye of 1.5', () => f.eye(1.5), 'eye: expected lengths that are whole numbers ≥ 0, got [1.5]'],
  [
    'more than WebAssembly holds',
    () => f.broadcastTo(f.ones([1]), [2 ** 30]),
    'broadcastTo: no room for [1073741824] float32: ',
  ],
  [
    'einsum of ints',
    () => f.einsum('ij,jk->ik', f.zeros([2, 2], 'int32'), f.zeros([2, 2], 'int32')),
    'einsum: expected float32 or float64, got int32',
  ],
  [
    'einsum of two dtypes',
    () => f.einsum('i,i->', f.ones([2]), f.ones([2], 'float64')),
    'einsum: dtypes differ',
  ],
  [
    'dot of bools',
    () => f.dot(f.zeros([2], 'bool'), f.zeros([2], 'bool')),
    'dot: expected numbers, got bool',
  ],
  ['dot of two dtypes', () => f.dot(f.ones([2]), f.ones([2], 'float64')), 'dot: dtypes differ'],
  ['outer of two dtypes', () => f.outer(f.ones([2]), f.ones([2], 'float64')), 'outer: dtypes differ'],
  ['stack of two dtypes', () => f.stack([f.ones([2]), f.ones([2], 'float64')]), 'stack: dtypes differ'],
  ['squeeze of a number', () => f.squeeze(1 as never), 'squeeze: expected a tensor, got 1'],
  ['stack of numbers', () => f.stack([1, 2] as never), 'stack: expected a tensor, got 1'],
  ['cast of a number', () => f.cast(1 as never, 'int32'), 'cast: expected a tensor, got 1'],
  ['clone of a number', () => f.clone(1 as never), 'clone: expected a tensor, got 1'],
  [
    'structuredClone',
    () => structuredClone(a23()),
    'a Tensor; send await t.data() with t.shape, or copy it by clone(t)',
  ],
  [
    'a checkpoint of garbage',
    () => f.loadSafetensors(Uint8Array.from({ length: 40 }, (_, i) => i)),
    'decodeSafetensors: this is no .safetensors file: it begins with 00 01 02',
  ],
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

  it('structuredClone of a traced tensor, and of what holds one, says it as well', () => {
    expect(() => structuredClone({ model: [a23()] })).toThrow('a Tensor; send await t.data()')
  })

  it('a list of big numbers of elements keeps its shape in the error', () => {
    expect(() => f.zeros([2 ** 30, 2 ** 30])).toThrow(/^zeros: .*\[1073741824, 1073741824\]/)
  })

  it('ops before init say how to begin', async () => {
    vi.resetModules()
    const fresh = await import('./index.ts')
    expect(() => fresh.zeros([2])).toThrow('zeros: there is no backend yet: call await init() first')
  })
})
