import { describe, expectOptions } from './checks.ts'
import { madeAt } from './dispatch.ts'
import { aNumberOf, canHold, checkDType, type DType, dtypeOf, newArray, type TypedArray } from './dtype.ts'
import { activeBackend } from './engine.ts'
import { recorder } from './recording.ts'
import { track } from './scope.ts'
import { checkShape, formatShape, type Shape, sizeOf } from './shape.ts'
import { ConcreteTensor, Root, type Tensor } from './tensor.ts'

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
      level.forEach((inner, i) => visit(inner, axis + 1, `${path}[${i}]`))
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

/** A tensor that holds a copy of `values` on the active backend. */
export function upload(op: string, values: TypedArray, shape: Shape): Tensor {
  const backend = activeBackend(op)
  const root = new Root(backend, backend.upload(values))
  recorder()?.makes(root)
  return track(new ConcreteTensor(root, root.buffer, shape, dtypeOf(values), madeAt()))
}

/** Other numbers in the place of a tensor's: for a batch, or draws, that change while everything around them stays. */
export function rewrite(t: Tensor, values: TypedArray): void {
  if (!(t instanceof ConcreteTensor)) throw new TypeError(`rewrite: expected a tensor with numbers, got ${t}`)
  if (values.length !== t.size || dtypeOf(values) !== t.dtype)
    throw new RangeError(
      `rewrite: expected ${t.size} × ${t.dtype}, got ${values.length} × ${dtypeOf(values)}`,
    )
  t.backend.write(t.buffer, values)
}

/** What {@link tensor} may be told. */
export interface TensorOptions {
  /** Default: that of a typed array, `bool` for booleans, `float32` for numbers. */
  readonly dtype?: DType
  /** Default: that of the nested arrays, or one axis for a typed array. */
  readonly shape?: Shape
}

/**
 * A tensor from a number, nested arrays or a typed array (which is copied). Numbers are float32 unless `dtype` says
 * otherwise, booleans are bool, a typed array keeps its dtype.
 *
 * @throws TypeError for ragged values, a number that the dtype cannot hold (`cast` rounds, this does not) and an unknown
 * option; RangeError if `shape` needs another number of elements.
 * @example tensor([[1, 2], [3, 4]])
 * @example tensor(new Float64Array(6), { shape: [2, 3] })
 */
export function tensor(values: NestedValues | TypedArray, options: TensorOptions = {}): Tensor {
  expectOptions('tensor', options, ['dtype', 'shape'])
  const typed = ArrayBuffer.isView(values)
  const dtype =
    options.dtype ?? (typed ? dtypeOf(values) : typeof firstLeaf(values) === 'boolean' ? 'bool' : 'float32')
  const inferred = typed ? [values.length] : shapeOfNested(values)
  const flat = typed ? values : flatten(values, inferred)
  const shape = options.shape ?? inferred
  checkShape('tensor', shape)
  if (sizeOf(shape) !== flat.length) {
    throw new RangeError(`tensor: ${formatShape(shape)} needs ${sizeOf(shape)} elements, got ${flat.length}`)
  }
  recorder()?.uploads()
  if (typed && dtypeOf(values) === dtype) return upload('tensor', values, shape)
  return upload('tensor', converted(flat, dtype), shape)
}

function converted(values: TypedArray | readonly number[], dtype: DType): TypedArray {
  const out = newArray('tensor', dtype, values.length)
  for (let i = 0; i < out.length; i++) {
    out[i] = dtype === 'bool' ? Number(values[i] !== 0) : checkHolds('tensor', dtype, values[i])
  }
  return out
}

/** The number itself. @throws TypeError if the dtype cannot hold it. */
function checkHolds(op: string, dtype: DType, value: number): number {
  if (typeof value === 'number' && canHold(dtype, value)) return value
  throw new TypeError(`${op}: expected ${aNumberOf(dtype)}, got ${describe(value)}`)
}

function filled(op: string, shape: Shape, value: number, dtype: DType): Tensor {
  checkShape(op, shape)
  checkDType(op, dtype)
  return repeated(op, shape, checkHolds(op, dtype, value), dtype, 1)
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
  const backend = activeBackend(op)
  if (backend.fill === undefined) return null
  const root = new Root(backend, backend.fill(dtype, sizeOf(shape), every, start, step))
  return track(new ConcreteTensor(root, root.buffer, shape, dtype, madeAt()))
}

/** Every `every`-th element a number, the others 0. */
function repeated(op: string, shape: Shape, value: number, dtype: DType, every: number): Tensor {
  const made = madeThere(op, shape, dtype, every, value, 0)
  if (made !== null) return made
  const values = newArray(op, dtype, sizeOf(shape))
  if (every === 1) values.fill(value)
  else for (let i = 0; i < values.length; i += every) values[i] = value
  return upload(op, values, shape)
}

/** A tensor of one repeated value. @throws TypeError for a value that the dtype cannot hold. */
export const full = (shape: Shape, value: number, dtype: DType = 'float32'): Tensor =>
  filled('full', shape, value, dtype)
export const zeros = (shape: Shape, dtype: DType = 'float32'): Tensor => filled('zeros', shape, 0, dtype)
export const ones = (shape: Shape, dtype: DType = 'float32'): Tensor => filled('ones', shape, 1, dtype)
export const zerosLike = (t: Tensor): Tensor => filled('zerosLike', t.shape, 0, t.dtype)
export const onesLike = (t: Tensor): Tensor => filled('onesLike', t.shape, 1, t.dtype)

/** The identity matrix `[n, n]`. */
export function eye(n: number, dtype: DType = 'float32'): Tensor {
  checkShape('eye', [n])
  checkDType('eye', dtype)
  return repeated('eye', [n, n], 1, dtype, n + 1)
}

/**
 * `start, start + step, …`, `stop` left out.
 *
 * @throws RangeError for step 0 and for what is not finite; TypeError for numbers that the dtype cannot hold.
 */
export function arange(start: number, stop: number, step = 1, dtype: DType = 'float32'): Tensor {
  if (![start, stop, step].every(Number.isFinite)) {
    throw new RangeError(`arange: expected finite start, stop and step, got ${start}, ${stop} and ${step}`)
  }
  if (step === 0) throw new RangeError('arange: expected a step other than 0, got 0')
  const count = Math.max(0, Math.ceil((stop - start) / step))
  if (dtype === 'int32' && count > 1) {
    for (const i of [0, 1, count - 1]) checkHolds('arange', dtype, start + i * step)
    const made = madeThere('arange', [count], dtype, 1, start, step)
    if (made !== null) return made
  }
  const values = newArray('arange', dtype, count)
  for (let i = 0; i < values.length; i++) values[i] = checkHolds('arange', dtype, start + i * step)
  return upload('arange', values, [values.length])
}

/** `count` numbers from `start` to `stop`, both included. */
export function linspace(start: number, stop: number, count: number, dtype: DType = 'float32'): Tensor {
  checkShape('linspace', [count])
  const values = newArray('linspace', dtype, count)
  for (let i = 0; i < count; i++) {
    const value = count === 1 ? start : start + ((stop - start) * i) / (count - 1)
    values[i] = checkHolds('linspace', dtype, value)
  }
  return upload('linspace', values, [count])
}

/** A copy on the same backend, sharing nothing: what a checkpoint or best-so-far keeps. */
export function clone(t: Tensor): Tensor {
  return upload('clone', t.dataSync(), t.shape)
}
