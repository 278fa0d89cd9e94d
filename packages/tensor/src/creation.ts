import { madeAt } from './dispatch.ts'
import { arrayTypes, type DType, dtypeOf, type TypedArray } from './dtype.ts'
import { activeBackend } from './engine.ts'
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
  const visit = (level: NestedValues, axis: number, path: string): void => {
    if (!Array.isArray(level)) {
      if (axis !== shape.length || (typeof level !== 'number' && typeof level !== 'boolean')) {
        throw new TypeError(
          `tensor: expected ${axis < shape.length ? `${shape[axis]} values` : 'a number'} at ${path || 'the top'}, got ${level}`,
        )
      }
      flat.push(Number(level))
    } else if (axis >= shape.length || level.length !== shape[axis]) {
      const expected = axis < shape.length ? `${shape[axis]} values` : 'a number'
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
function upload(op: string, values: TypedArray, shape: Shape): Tensor {
  const backend = activeBackend(op)
  const root = new Root(backend, backend.upload(values))
  return track(new ConcreteTensor(root, root.buffer, shape, dtypeOf(values), madeAt()))
}

/**
 * A tensor from a number, nested arrays or a typed array (which is copied). Numbers are float32 unless `dtype` says
 * otherwise, booleans are bool, a typed array keeps its dtype.
 *
 * @throws TypeError for ragged values; RangeError if `shape` needs another number of elements.
 * @example tensor([[1, 2], [3, 4]])
 * @example tensor(new Float64Array(6), { shape: [2, 3] })
 */
export function tensor(
  values: NestedValues | TypedArray,
  options: { dtype?: DType; shape?: Shape } = {},
): Tensor {
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
  if (typed && dtypeOf(values) === dtype) return upload('tensor', values, shape)
  const converted = new arrayTypes[dtype](flat.length)
  for (let i = 0; i < flat.length; i++) converted[i] = dtype === 'bool' ? Number(flat[i] !== 0) : flat[i]
  return upload('tensor', converted, shape)
}

/** A tensor of one repeated value. */
export function full(shape: Shape, value: number, dtype: DType = 'float32'): Tensor {
  checkShape('full', shape)
  return upload('full', new arrayTypes[dtype](sizeOf(shape)).fill(value), shape)
}

export const zeros = (shape: Shape, dtype: DType = 'float32'): Tensor => full(shape, 0, dtype)
export const ones = (shape: Shape, dtype: DType = 'float32'): Tensor => full(shape, 1, dtype)
export const zerosLike = (t: Tensor): Tensor => full(t.shape, 0, t.dtype)
export const onesLike = (t: Tensor): Tensor => full(t.shape, 1, t.dtype)

/** The identity matrix `[n, n]`. */
export function eye(n: number, dtype: DType = 'float32'): Tensor {
  checkShape('eye', [n])
  const values = new arrayTypes[dtype](n * n)
  for (let i = 0; i < n; i++) values[i * n + i] = 1
  return upload('eye', values, [n, n])
}

/** `start, start + step, …`, `stop` left out. @throws RangeError for step 0. */
export function arange(start: number, stop: number, step = 1, dtype: DType = 'float32'): Tensor {
  if (!(step !== 0)) throw new RangeError(`arange: expected a step other than 0, got ${step}`)
  const values = new arrayTypes[dtype](Math.max(0, Math.ceil((stop - start) / step)))
  for (let i = 0; i < values.length; i++) values[i] = start + i * step
  return upload('arange', values, [values.length])
}

/** `count` numbers from `start` to `stop`, both included. */
export function linspace(start: number, stop: number, count: number, dtype: DType = 'float32'): Tensor {
  checkShape('linspace', [count])
  const values = new arrayTypes[dtype](count)
  for (let i = 0; i < count; i++) values[i] = count === 1 ? start : start + ((stop - start) * i) / (count - 1)
  return upload('linspace', values, [count])
}

/** A copy on the same backend, sharing nothing: what a checkpoint or best-so-far keeps. */
export function clone(t: Tensor): Tensor {
  return upload('clone', t.dataSync(), t.shape)
}
