import { activeBackend } from './active-backend.ts'
import type { Backend } from './backend.ts'
import { describe, expectHolds, expectTensor } from './checks.ts'
import { make, uploaded } from './dispatch.ts'
import {
  aNumberOf,
  arrayTypes,
  canHold,
  checkDType,
  type DType,
  dtypeOf,
  newArray,
  type TypedArray,
} from './dtype.ts'
import { anything, type OptionsOf, optional, optionTable } from './option-table.ts'
import { recorder } from './recorder.ts'
import { checkShape, formatShape, type Shape, sizeOf } from './shape.ts'
import { ConcreteTensor, type Tensor } from './tensor.ts'

/** Numbers or booleans, nested as deep as the rank. */
export type NestedValues = number | boolean | readonly NestedValues[]

function shapeOfNested(values: NestedValues): number[] {
  const shape: number[] = []
  for (let level = values; Array.isArray(level); level = level[0]) {
    shape.push(level.length)
    if (level.length === 0) break
  }
  return shape
}

function flatten(values: NestedValues, shape: Shape): number[] {
  const flat: number[] = []
  const leaf = typeof firstLeaf(values) === 'boolean' ? 'boolean' : 'number'
  const visit = (level: NestedValues, axis: number, path: string): void => {
    if (!Array.isArray(level)) {
      if (axis !== shape.length || typeof level !== leaf) {
        const expected = axis < shape.length ? `${shape[axis]} values` : `a ${leaf}`
        throw new TypeError(`tensor: expected ${expected} at ${path || 'the top'}, got ${describe(level)}`)
      }
      flat.push(Number(level))
    } else if (axis >= shape.length || level.length !== shape[axis]) {
      const expected = axis < shape.length ? `${shape[axis]} values` : `a ${leaf}`
      throw new TypeError(
        `tensor: ragged values: expected ${expected} at ${path || 'the top'}, got an array of ${level.length}`,
      )
    } else {
      // Not forEach, which passes over what an array of holes does not have.
      for (let i = 0; i < level.length; i++) visit(level[i], axis + 1, `${path}[${i}]`)
    }
  }
  visit(values, 0, '')
  return flat
}

function firstLeaf(values: NestedValues): number | boolean | undefined {
  let level: NestedValues | undefined = values
  while (Array.isArray(level)) level = level[0]
  return level as number | boolean | undefined
}

/** A tensor that holds a copy of `values` on the active backend, read as `dtype`. */
export const upload = (op: string, values: TypedArray, shape: Shape): Tensor =>
  uploaded(op, values, shape, dtypeOf(values))

/** Other numbers in the place of a tensor's: for a batch, or draws, that change while everything around them stays. */
export function rewrite(t: Tensor, values: TypedArray): void {
  if (!(t instanceof ConcreteTensor)) throw new TypeError(`rewrite: expected a tensor with numbers, got ${t}`)
  if (values.length !== t.size || dtypeOf(values) !== t.dtype)
    throw new RangeError(
      `rewrite: expected ${t.size} × ${t.dtype}, got ${values.length} × ${dtypeOf(values)}`,
    )
  t.backend.write(t.buffer, values)
}

const tensorOptions = optionTable('tensor', {
  /** Default: that of a typed array, `bool` for booleans, `float32` for numbers. */
  dtype: optional(anything<DType>()),
  /** Default: that of the nested arrays, or one axis for a typed array. */
  shape: optional(anything<Shape>()),
})

/** What {@link tensor} may be told. */
export type TensorOptions = OptionsOf<typeof tensorOptions>

/** Arrays of JavaScript that no dtype reads as; their numbers are taken. */
export type OtherTypedArray =
  | Uint8ClampedArray
  | Int8Array
  | Int16Array
  | Uint16Array
  | BigInt64Array
  | BigUint64Array

/**
 * A tensor from a number, nested arrays or a typed array (which is copied). Numbers are float32 unless `dtype` says
 * otherwise, booleans are bool. Of a typed array
 *
 * - `Float32Array`, `Float64Array`, `Int32Array` and `Uint32Array` keep their dtype,
 * - 8 and 16 bits (pixels, audio, `Float16Array`) are numbers, float32, which holds each of them exactly,
 * - `BigInt64Array` and `BigUint64Array` are int32 and uint32, which must hold each of them.
 *
 * Bools read as a `Uint8Array`: `tensor(await t.data(), { dtype: 'bool' })` takes them back. Where a bool is asked for, it is `x ≠ 0`, as
 * in `cast`: of pixels, a mask.
 *
 * @throws TypeError for ragged values, a number that the dtype cannot hold (`cast` rounds, this does not) and an unknown
 * option; RangeError if `shape` needs another number of elements.
 * @example tensor([[1, 2], [3, 4]])
 * @example tensor(new Float64Array(6), { shape: [2, 3] })
 * @example tensor(new Uint8Array([0, 128, 255])).toArray()   // [0, 128, 255], float32
 */
export function tensor(
  values: NestedValues | TypedArray | OtherTypedArray,
  options: TensorOptions = {},
): Tensor {
  const asked = tensorOptions.resolve(options)
  const typed = ArrayBuffer.isView(values)
  const dtype =
    asked.dtype ?? (typed ? numbersIn(values) : typeof firstLeaf(values) === 'boolean' ? 'bool' : 'float32')
  const inferred = typed ? [values.length] : shapeOfNested(values)
  const flat = typed ? values : flatten(values, inferred)
  const shape = asked.shape ?? inferred
  checkShape('tensor', shape)
  if (sizeOf(shape) !== flat.length) {
    throw new RangeError(`tensor: ${formatShape(shape)} needs ${sizeOf(shape)} elements, got ${flat.length}`)
  }
  recorder()?.uploads()
  if (typed && dtype !== 'bool' && Object.hasOwn(arrayTypes, dtype) && values instanceof arrayTypes[dtype])
    return upload('tensor', values, shape)
  return upload('tensor', converted(flat, dtype, shape), shape)
}

/** What the numbers of typed arrays are, by the name of the array's class. */
const numbersOf: Readonly<Record<string, DType>> = {
  Float32Array: 'float32',
  Float64Array: 'float64',
  Int32Array: 'int32',
  Uint32Array: 'uint32',
  Uint8Array: 'float32',
  Uint8ClampedArray: 'float32',
  Int8Array: 'float32',
  Int16Array: 'float32',
  Uint16Array: 'float32',
  Float16Array: 'float32',
  BigInt64Array: 'int32',
  BigUint64Array: 'uint32',
}

function numbersIn(values: ArrayBufferView): DType {
  // A Buffer of Node is a Uint8Array, and says so here.
  const name = (values as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] ?? ''
  if (Object.hasOwn(numbersOf, name)) return numbersOf[name]
  throw new TypeError(`tensor: expected an array of numbers, got ${describe(values)}`)
}

function converted(values: ArrayLike<number | bigint>, dtype: DType, shape: Shape): TypedArray {
  const out = newArray('tensor', dtype, values.length, shape)
  if (dtype === 'bool') {
    for (let i = 0; i < out.length; i++) out[i] = Number(Number(values[i]) !== 0)
    return out
  }
  for (let i = 0; i < out.length; i++) {
    const value = values[i]
    if (typeof value === 'number') out[i] = expectHolds('tensor', dtype, value)
    else {
      out[i] = Number(value)
      // As far as 2⁵³, and in float32 2²⁴, whole numbers are not rounded: beyond, one in two is another number.
      if (!canHold(dtype, Number(value)) || BigInt(out[i]) !== value)
        throw new TypeError(`tensor: expected ${aNumberOf(dtype)}, got ${describe(value)}`)
    }
  }
  return out
}

function filled(op: string, shape: Shape, value: number, dtype: DType): Tensor {
  checkShape(op, shape)
  checkDType(op, dtype)
  return repeated(op, shape, expectHolds(op, dtype, value), dtype, 1)
}

/** A regular tensor made where it is to live: see `Backend.fill`. @returns `null` where the backend has no such thing. */
function madeThere(
  op: string,
  shape: Shape,
  dtype: DType,
  every: number,
  start: number,
  step: number,
): Tensor | null {
  if (activeBackend(op).fill === undefined) return null
  const fill = ({ fill }: Backend): unknown => fill!(dtype, sizeOf(shape), every, start, step)
  return make(op, shape, dtype, fill)
}

/** Every `every`-th element a number, the others 0. */
function repeated(op: string, shape: Shape, value: number, dtype: DType, every: number): Tensor {
  const made = madeThere(op, shape, dtype, every, value, 0)
  if (made !== null) return made
  const values = newArray(op, dtype, sizeOf(shape), shape)
  if (every === 1) values.fill(value)
  else for (let i = 0; i < values.length; i += every) values[i] = value
  return upload(op, values, shape)
}

/** A tensor of one repeated value. @throws TypeError for a value that the dtype cannot hold. */
export const full = (shape: Shape, value: number, dtype: DType = 'float32'): Tensor =>
  filled('full', shape, value, dtype)
/** A tensor of zeros, float32 unless told otherwise. @throws RangeError for a shape that is none, and where there is no room. */
export const zeros = (shape: Shape, dtype: DType = 'float32'): Tensor => filled('zeros', shape, 0, dtype)
/** A tensor of ones, float32 unless told otherwise. @throws RangeError for a shape that is none, and where there is no room. */
export const ones = (shape: Shape, dtype: DType = 'float32'): Tensor => filled('ones', shape, 1, dtype)
/** Zeros in the shape and dtype of another tensor, which is not read: it may be under a transform. */
export const zerosLike = (t: Tensor): Tensor => filled('zerosLike', t.shape, 0, t.dtype)
/** Ones in the shape and dtype of another tensor, which is not read: it may be under a transform. */
export const onesLike = (t: Tensor): Tensor => filled('onesLike', t.shape, 1, t.dtype)

/** The identity matrix `[n, n]`. */
export function eye(n: number, dtype: DType = 'float32'): Tensor {
  checkShape('eye', [n])
  checkDType('eye', dtype)
  return repeated('eye', [n, n], 1, dtype, n + 1)
}

/** @param what the numbers, by name */
function expectFinite(op: string, what: string, ...numbers: unknown[]): void {
  if (numbers.every(Number.isFinite)) return
  const got = numbers
    .map(describe)
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1')
  throw new RangeError(`${op}: expected finite ${what}, got ${got}`)
}

/**
 * `start, start + step, …` up to `stop`, which is left out: also where rounding puts an element on it, as `1 + 3 · 0.1` on 1.3, or a
 * number just below it in float32. Elements are `start + i · step`, rounded to the dtype.
 *
 * @throws RangeError for step 0 and for what is not finite; TypeError for numbers that the dtype cannot hold.
 * @example arange(1, 1.3, 0.1).size   // 3
 */
export function arange(start: number, stop: number, step = 1, dtype: DType = 'float32'): Tensor {
  expectFinite('arange', 'start, stop and step', start, stop, step)
  checkDType('arange', dtype)
  if (step === 0) throw new RangeError('arange: expected a step other than 0, got 0')
  const shape = [countOf(start, stop, step, dtype)]
  const [count] = shape
  if (dtype === 'int32' && count > 1) {
    for (const i of [0, 1, count - 1]) expectHolds('arange', dtype, start + i * step)
    const made = madeThere('arange', shape, dtype, 1, start, step)
    if (made !== null) return made
  }
  const values = newArray('arange', dtype, count)
  for (let i = 0; i < values.length; i++) values[i] = expectHolds('arange', dtype, start + i * step)
  return upload('arange', values, shape)
}

/** How many elements lie before `stop`. */
function countOf(start: number, stop: number, step: number, dtype: DType): number {
  const steps = stop / step - start / step
  // Each of the three was rounded to start with: a number of steps within as much of a whole one is meant to be it.
  const rounding = 2 ** -52 * ((Math.abs(start) + Math.abs(stop)) / Math.abs(step) + Math.abs(steps))
  const whole = Math.round(steps)
  let count = Math.max(0, Math.abs(steps - whole) <= rounding ? whole : Math.ceil(steps))
  if (dtype !== 'float32') return count
  const end = Math.fround(stop)
  const isOver = (x: number): boolean => (step > 0 ? x >= stop : x <= stop) || x === end
  // Where float32 does not tell start from stop there is only the number of steps to go by.
  if (Math.fround(start) === end) return count
  while (count > 0 && count <= 2 ** 32 && isOver(Math.fround(start + (count - 1) * step))) count--
  return count
}

/**
 * `count` numbers at equal distances from `start` to `stop`, both included exactly as the dtype rounds them; one number is `start`.
 *
 * @throws RangeError for what is not finite and for a count that is none; TypeError for numbers that the dtype cannot hold.
 * @example linspace(0, 1, 5).toArray()   // [0, 0.25, 0.5, 0.75, 1]
 */
export function linspace(start: number, stop: number, count: number, dtype: DType = 'float32'): Tensor {
  expectFinite('linspace', 'start and stop', start, stop)
  const shape = [count]
  checkShape('linspace', shape)
  const values = newArray('linspace', dtype, count)
  const last = count - 1
  const span = stop - start
  const isSafe = Number.isFinite(span * last)
  for (let i = 0; i < count; i++) {
    const between = isSafe ? start + (span * i) / last : start * (1 - i / last) + stop * (i / last)
    values[i] = expectHolds('linspace', dtype, i === 0 ? start : i === last ? stop : between)
  }
  return upload('linspace', values, shape)
}

/** A copy on the same backend, sharing nothing: what a checkpoint or best-so-far keeps. */
export function clone(t: Tensor): Tensor {
  expectTensor('clone', t)
  return upload('clone', t.dataSync(), t.shape)
}
