import { describe } from '../checks.ts'
import { arrayTypes, checkDType, type DType, type TypedArray } from '../dtype.ts'
import { checkShape, formatShape, type Shape, sizeOf } from '../shape.ts'

/** An array as files hold it: no backend, no tensor. `data` is row-major, of the type that `dtype` reads as. */
export interface ArrayData {
  readonly dtype: DType
  readonly shape: Shape
  readonly data: TypedArray
}

export const itemSize = (dtype: DType): number => arrayTypes[dtype].BYTES_PER_ELEMENT

/** Bytes of an array of a shape that a file says: no number where none counts so many. */
export const bytesFor = (shape: Shape, itemBytes: number): number =>
  // Infinity times 0 is no number.
  shape.includes(0) ? 0 : sizeOf(shape) * itemBytes

/** Axes of a shape that an error shows. */
const SHOWN = 64

/** A shape out of a file in an error message: not without end. */
export const shownShape = (shape: Shape): string =>
  shape.length <= SHOWN
    ? formatShape(shape)
    : `${formatShape(shape.slice(0, SHOWN)).slice(0, -1)}, … ${shape.length} axes]`

/** @throws if dtype, shape and data do not belong together. */
export function checkArrayData(op: string, { dtype, shape, data }: ArrayData): void {
  checkDType(op, dtype)
  const type = arrayTypes[dtype]
  checkShape(op, shape)
  if (!(data instanceof type)) {
    throw new TypeError(
      `${op}: expected a ${type.name} for ${dtype}, got ${(data as object)?.constructor?.name}`,
    )
  }
  if (data.length !== sizeOf(shape)) {
    throw new RangeError(
      `${op}: expected ${sizeOf(shape)} numbers for shape ${formatShape(shape)}, got ${data.length}`,
    )
  }
  if (dtype === 'bool') checkBooleans(op, data as Uint8Array, 0)
}

/** @throws TypeError for anything but bytes: an ArrayBuffer, as `fetch` gives it, has to be wrapped. */
export function checkBytes(op: string, bytes: Uint8Array): void {
  const isBytes = ArrayBuffer.isView(bytes) && bytes.BYTES_PER_ELEMENT === 1
  // An Int8Array has negative numbers for bytes above 127.
  if (isBytes && !((bytes as unknown) instanceof Int8Array)) return
  const hint = (bytes as unknown) instanceof ArrayBuffer ? '; wrap it: new Uint8Array(buffer)' : ''
  throw new TypeError(`${op}: expected a Uint8Array, got ${describe(bytes)}${hint}`)
}

/** The bytes of an array, shared. Files are little-endian, as is every machine that engines run on today. */
export const bytesOf = (data: TypedArray): Uint8Array =>
  new Uint8Array(data.buffer, data.byteOffset, data.byteLength)

/** @param at where they begin in the file. @throws for a boolean that is not 0 or 1 */
export function checkBooleans(op: string, values: Uint8Array, at: number): void {
  const wrong = values.findIndex((value) => value > 1)
  if (wrong >= 0)
    throw new RangeError(`${op}: expected a bool (0 or 1) at byte ${at + wrong}, found ${values[wrong]}`)
}
