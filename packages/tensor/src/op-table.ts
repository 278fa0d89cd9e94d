import type { Activation } from './activation.ts'
import { type DType, isFloat } from './dtype.ts'
import {
  arithmetic,
  comparison,
  elementwise,
  logical,
  predicate,
  type Row,
  type Spec,
  same,
} from './op-rows.ts'
import { broadcastShapes, formatShape, type Shape, sizeOf } from './shape.ts'

/** An op without parameters. */
export type None = Record<string, never>
export interface ReduceParams {
  /** Sorted, non-negative. */
  readonly axes: readonly number[]
  readonly keepDims: boolean
}
export interface AxisParams {
  readonly axis: number
}

/** The ops: one row each, with its parameters. Inputs are tensors only; numbers are parameters. */
export interface OpParams {
  neg: None
  abs: None
  sign: None
  square: None
  exp: None
  expm1: None
  log: None
  log1p: None
  sqrt: None
  reciprocal: None
  sin: None
  cos: None
  tanh: None
  sigmoid: None
  floor: None
  ceil: None
  round: None
  logicalNot: None
  isNaN: None
  isFinite: None
  cast: { readonly dtype: DType }
  stopGradient: None
  add: None
  sub: None
  mul: None
  div: None
  pow: None
  maximum: None
  minimum: None
  equal: None
  notEqual: None
  less: None
  lessEqual: None
  greater: None
  greaterEqual: None
  logicalAnd: None
  logicalOr: None
  where: None
  sum: ReduceParams
  prod: ReduceParams
  max: ReduceParams
  min: ReduceParams
  argMax: AxisParams
  argMin: AxisParams
  cumsum: AxisParams & { readonly reverse: boolean }
  matmul: { readonly transposeA: boolean; readonly transposeB: boolean }
  reshape: { readonly shape: Shape }
  transpose: { readonly axes: readonly number[] }
  broadcastTo: { readonly shape: Shape }
  concat: AxisParams
  slice: { readonly starts: readonly number[]; readonly sizes: readonly number[] }
  pad: { readonly padding: readonly (readonly [number, number])[]; readonly value: number }
  flip: { readonly axes: readonly number[] }
  gather: AxisParams
  scatterAdd: AxisParams & { readonly size: number }
  oneHot: { readonly depth: number; readonly dtype: DType }
  topKMask: { readonly k: number }
  affine: Activation
  applySlopes: Activation
  packStates: None
  unpackStates: { readonly units: number }
  countDifferingStates: None
  choleskySolve: None
  eigh: None
  expm: None
}

export type OpName = keyof OpParams
/** Ops that never move a number and need no kernel. */
export type ViewOp = 'reshape' | 'stopGradient'

/** Units that one 32-bit word of a region code holds. */
export const STATES_PER_WORD = 32

/** Words of a region code: identity units have one state, hence no bits. */
export const codeWords = (units: number, activation: Activation): number =>
  activation.name === 'identity' ? 0 : Math.ceil(units / STATES_PER_WORD)

const reduce: Row<ReduceParams> = {
  outputs(op, [x], { axes, keepDims }) {
    if (x.dtype === 'bool' && op !== 'max' && op !== 'min')
      throw new TypeError(`${op}: expected numbers, got bool; cast first`)
    if (op === 'max' || op === 'min') {
      const empty = axes.find((axis) => x.shape[axis] === 0)
      if (empty !== undefined)
        throw new RangeError(`${op}: axis ${empty} of ${formatShape(x.shape)} is empty`)
    }
    const reduced = new Set(axes)
    const shape = keepDims
      ? x.shape.map((length, i) => (reduced.has(i) ? 1 : length))
      : x.shape.filter((_, i) => !reduced.has(i))
    return [{ shape, dtype: x.dtype }]
  },
}

const argReduce: Row<AxisParams> = {
  outputs(op, [x], { axis }) {
    if (x.shape[axis] === 0) throw new RangeError(`${op}: axis ${axis} of ${formatShape(x.shape)} is empty`)
    return [{ shape: x.shape.filter((_, i) => i !== axis), dtype: 'int32' }]
  },
}

function expectFloat(op: string, x: Spec): void {
  if (!isFloat(x.dtype)) throw new TypeError(`${op}: expected float32 or float64, got ${x.dtype}; cast first`)
}

function expectRank(op: string, what: string, x: Spec, atLeast: number): void {
  if (x.shape.length < atLeast) {
    throw new RangeError(`${op}: expected ${what} of rank ≥ ${atLeast}, got ${formatShape(x.shape)}`)
  }
}

function expectSquare(op: string, a: Spec): void {
  expectFloat(op, a)
  expectRank(op, 'a matrix', a, 2)
  if (a.shape.at(-1) !== a.shape.at(-2))
    throw new RangeError(`${op}: expected square matrices, got ${formatShape(a.shape)}`)
}

/** Name → shape and dtype of every output; this is where shape errors are made. */
export const opTable: { readonly [N in OpName]: Row<OpParams[N]> } = {
  neg: elementwise('signed'),
  abs: elementwise('signed'),
  sign: elementwise('signed'),
  square: elementwise('number'),
  exp: elementwise('float'),
  expm1: elementwise('float'),
  log: elementwise('float'),
  log1p: elementwise('float'),
  sqrt: elementwise('float'),
  reciprocal: elementwise('float'),
  sin: elementwise('float'),
  cos: elementwise('float'),
  tanh: elementwise('float'),
  sigmoid: elementwise('float'),
  floor: elementwise('float'),
  ceil: elementwise('float'),
  round: elementwise('float'),
  logicalNot: elementwise('bool'),
  isNaN: predicate,
  isFinite: predicate,
  cast: { outputs: (_op, [x], { dtype }) => [{ shape: x.shape, dtype }] },
  stopGradient: { outputs: (_op, [x]) => [x], viewOffset: () => 0 },
  add: arithmetic('number'),
  sub: arithmetic('number'),
  mul: arithmetic('number'),
  div: arithmetic('float'),
  pow: arithmetic('float'),
  maximum: arithmetic('number'),
  minimum: arithmetic('number'),
  equal: comparison,
  notEqual: comparison,
  less: comparison,
  lessEqual: comparison,
  greater: comparison,
  greaterEqual: comparison,
  logicalAnd: logical,
  logicalOr: logical,
  where: {
    outputs(op, [condition, a, b]) {
      if (condition.dtype !== 'bool')
        throw new TypeError(`${op}: expected a bool condition, got ${condition.dtype}`)
      const dtype = same(op, a, b)
      return [{ shape: broadcastShapes(op, condition.shape, broadcastShapes(op, a.shape, b.shape)), dtype }]
    },
  },
  sum: reduce,
  prod: reduce,
  max: reduce,
  min: reduce,
  argMax: argReduce,
  argMin: argReduce,
  cumsum: { outputs: (op, [x]) => elementwise('number').outputs(op, [x], {}) },
  matmul: {
    outputs(op, [a, b], { transposeA, transposeB }) {
      const dtype = same(op, a, b)
      expectFloat(op, a)
      expectRank(op, 'matrices', a, 2)
      expectRank(op, 'matrices', b, 2)
      const [m, k] = transposeA ? [a.shape.at(-1)!, a.shape.at(-2)!] : [a.shape.at(-2)!, a.shape.at(-1)!]
      const [inner, n] = transposeB ? [b.shape.at(-1)!, b.shape.at(-2)!] : [b.shape.at(-2)!, b.shape.at(-1)!]
      if (k !== inner) {
        const mark = (s: Spec, transposed: boolean) => `${formatShape(s.shape)}${transposed ? 'ᵀ' : ''}`
        throw new RangeError(
          `${op}: inner dimensions differ: ${mark(a, transposeA)} · ${mark(b, transposeB)}`,
        )
      }
      const lead = broadcastShapes(op, a.shape.slice(0, -2), b.shape.slice(0, -2))
      return [{ shape: [...lead, m, n], dtype }]
    },
  },
  reshape: {
    outputs(op, [x], { shape }) {
      if (sizeOf(shape) !== sizeOf(x.shape)) {
        throw new RangeError(
          `${op}: ${formatShape(x.shape)} has ${sizeOf(x.shape)} elements, ${formatShape(shape)} needs ${sizeOf(shape)}`,
        )
      }
      return [{ shape, dtype: x.dtype }]
    },
    viewOffset: () => 0,
  },
  transpose: {
    outputs: (_op, [x], { axes }) => [{ shape: axes.map((axis) => x.shape[axis]), dtype: x.dtype }],
  },
  broadcastTo: {
    outputs(op, [x], { shape }) {
      const out = broadcastShapes(op, x.shape, shape)
      if (out.some((length, i) => length !== shape[i]) || out.length !== shape.length) {
        throw new RangeError(`${op}: ${formatShape(x.shape)} does not broadcast to ${formatShape(shape)}`)
      }
      return [{ shape, dtype: x.dtype }]
    },
  },
  concat: {
    outputs(op, inputs, { axis }) {
      const [first, ...rest] = inputs
      let length = first.shape[axis]
      for (const x of rest) {
        same(op, first, x)
        if (
          x.shape.length !== first.shape.length ||
          x.shape.some((l, i) => i !== axis && l !== first.shape[i])
        ) {
          throw new RangeError(
            `${op}: shapes differ beside axis ${axis}: ${formatShape(first.shape)} and ${formatShape(x.shape)}`,
          )
        }
        length += x.shape[axis]
      }
      return [{ shape: first.shape.map((l, i) => (i === axis ? length : l)), dtype: first.dtype }]
    },
  },
  slice: {
    outputs(op, [x], { starts, sizes }) {
      if (starts.length !== x.shape.length || sizes.length !== x.shape.length) {
        throw new RangeError(
          `${op}: expected ${x.shape.length} starts and sizes, got ${starts.length} and ${sizes.length}`,
        )
      }
      starts.forEach((start, i) => {
        if (!(start >= 0 && sizes[i] >= 0 && start + sizes[i] <= x.shape[i])) {
          throw new RangeError(
            `${op}: [${start}, ${start + sizes[i]}) is outside axis ${i} of ${formatShape(x.shape)}`,
          )
        }
      })
      return [{ shape: sizes, dtype: x.dtype }]
    },
    // Leading-axis slices are views (DESIGN 3): everything behind the first axis is taken whole.
    viewOffset([x], { starts, sizes }) {
      for (let i = 1; i < sizes.length; i++) if (sizes[i] !== x.shape[i]) return undefined
      return sizes.length === 0 ? 0 : starts[0] * sizeOf(x.shape.slice(1))
    },
  },
  pad: {
    outputs(op, [x], { padding }) {
      if (padding.length !== x.shape.length || padding.some((p) => !(p[0] >= 0 && p[1] >= 0))) {
        throw new RangeError(
          `${op}: expected ${x.shape.length} pairs of whole numbers ≥ 0, got ${JSON.stringify(padding)}`,
        )
      }
      return [{ shape: x.shape.map((length, i) => length + padding[i][0] + padding[i][1]), dtype: x.dtype }]
    },
  },
  flip: { outputs: (_op, [x]) => [x] },
  gather: {
    outputs(op, [x, indices], { axis }) {
      if (indices.dtype !== 'int32')
        throw new TypeError(`${op}: expected int32 indices, got ${indices.dtype}`)
      return [
        { shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)], dtype: x.dtype },
      ]
    },
  },
  scatterAdd: {
    outputs(op, [updates, indices], { axis, size }) {
      if (indices.dtype !== 'int32')
        throw new TypeError(`${op}: expected int32 indices, got ${indices.dtype}`)
      const span = updates.shape.slice(axis, axis + indices.shape.length)
      if (span.length !== indices.shape.length || span.some((length, i) => length !== indices.shape[i])) {
        throw new RangeError(
          `${op}: expected updates with ${formatShape(indices.shape)} at axis ${axis}, got ${formatShape(updates.shape)}`,
        )
      }
      const rest = updates.shape.slice(axis + indices.shape.length)
      return [{ shape: [...updates.shape.slice(0, axis), size, ...rest], dtype: updates.dtype }]
    },
  },
  oneHot: {
    outputs(op, [indices], { depth, dtype }) {
      if (indices.dtype !== 'int32')
        throw new TypeError(`${op}: expected int32 indices, got ${indices.dtype}`)
      return [{ shape: [...indices.shape, depth], dtype }]
    },
  },
  topKMask: {
    outputs(op, [x], { k }) {
      expectFloat(op, x)
      expectRank(op, 'a tensor', x, 1)
      const length = x.shape.at(-1)!
      if (!Number.isInteger(k) || k < 0 || k > length) {
        throw new RangeError(`${op}: expected k in 0 … ${length}, got ${k}`)
      }
      return [{ shape: x.shape, dtype: 'bool' }]
    },
  },
  affine: {
    outputs(op, inputs, activation) {
      const [x, weight, bias] = inputs
      const dtype = same(op, x, weight)
      expectFloat(op, x)
      expectRank(op, 'x', x, 1)
      if (weight.shape.length !== 2)
        throw new RangeError(`${op}: expected W [out, in], got ${formatShape(weight.shape)}`)
      const [units, width] = weight.shape
      if (x.shape.at(-1) !== width) {
        throw new RangeError(
          `${op}: inner dimensions differ: ${formatShape(x.shape)} · ${formatShape(weight.shape)}ᵀ`,
        )
      }
      if (bias !== undefined) {
        same(op, x, bias)
        if (bias.shape.length !== 1 || bias.shape[0] !== units) {
          throw new RangeError(`${op}: expected b [${units}], got ${formatShape(bias.shape)}`)
        }
      }
      const lead = x.shape.slice(0, -1)
      return [
        { shape: [...lead, units], dtype },
        { shape: [...lead, codeWords(units, activation)], dtype: 'uint32' },
      ]
    },
  },
  applySlopes: {
    outputs(op, [code, g], activation) {
      expectFloat(op, g)
      expectRank(op, 'g', g, 1)
      if (code.dtype !== 'uint32') throw new TypeError(`${op}: expected a uint32 code, got ${code.dtype}`)
      const words = codeWords(g.shape.at(-1)!, activation)
      const lead = code.shape.slice(0, -1)
      if (
        code.shape.at(-1) !== words ||
        lead.length >= g.shape.length ||
        lead.some((length, i) => length !== g.shape[i])
      ) {
        throw new RangeError(
          `${op}: expected a code [..., ${words}] whose leading axes start ${formatShape(g.shape)}, got ${formatShape(code.shape)}`,
        )
      }
      return [g]
    },
  },
  packStates: {
    outputs(op, [states]) {
      if (states.dtype !== 'bool') throw new TypeError(`${op}: expected bool states, got ${states.dtype}`)
      expectRank(op, 'states', states, 1)
      return [
        {
          shape: [...states.shape.slice(0, -1), Math.ceil(states.shape.at(-1)! / STATES_PER_WORD)],
          dtype: 'uint32',
        },
      ]
    },
  },
  unpackStates: {
    outputs(op, [code], { units }) {
      const words = Math.ceil(units / STATES_PER_WORD)
      if (code.dtype !== 'uint32' || code.shape.at(-1) !== words) {
        throw new RangeError(
          `${op}: expected a uint32 code [..., ${words}] for ${units} units, got ${formatShape(code.shape)} ${code.dtype}`,
        )
      }
      return [{ shape: [...code.shape.slice(0, -1), units], dtype: 'bool' }]
    },
  },
  countDifferingStates: {
    outputs(op, [a, b]) {
      if (a.dtype !== 'uint32' || b.dtype !== 'uint32') {
        throw new TypeError(`${op}: expected uint32 codes, got ${a.dtype} and ${b.dtype}`)
      }
      if (formatShape(a.shape) !== formatShape(b.shape) || a.shape.length === 0) {
        throw new RangeError(
          `${op}: codes differ in shape: ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
        )
      }
      return [{ shape: a.shape.slice(0, -1), dtype: 'int32' }]
    },
  },
  choleskySolve: {
    outputs(op, [a, b]) {
      expectSquare(op, a)
      same(op, a, b)
      expectRank(op, 'right-hand sides', b, 2)
      const lead = formatShape(a.shape.slice(0, -2))
      if (a.shape.at(-1) !== b.shape.at(-2) || lead !== formatShape(b.shape.slice(0, -2))) {
        throw new RangeError(
          `${op}: expected A [..., n, n] and B [..., n, m], got ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
        )
      }
      return [b]
    },
  },
  eigh: {
    outputs(op, [a]) {
      expectSquare(op, a)
      return [{ shape: a.shape.slice(0, -1), dtype: a.dtype }, a]
    },
  },
  expm: {
    outputs(op, [a]) {
      expectSquare(op, a)
      return [a]
    },
  },
}
