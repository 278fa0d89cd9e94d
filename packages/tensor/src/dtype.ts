import { formatShape, type Shape } from './shape.ts'

/** Element types. Nothing is promoted silently: mixing two dtypes in one op is an error. */
export type DType = 'float32' | 'float64' | 'int32' | 'uint32' | 'bool'

/** What a tensor reads as; `bool` is a `Uint8Array` of 0 and 1. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array

/** The class of typed array that a dtype reads as. */
export const arrayTypes = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  bool: Uint8Array,
} as const satisfies Record<DType, unknown>

/** @throws TypeError for what is no dtype. */
export function checkDType(op: string, dtype: DType): void {
  if (Object.hasOwn(arrayTypes, dtype)) return
  throw new TypeError(
    `${op}: expected a dtype among ${Object.keys(arrayTypes).join(', ')}, got '${String(dtype)}'`,
  )
}

/** Whether a dtype can hold a number: floating ones round, integers and bools (0 and 1) do not. */
export function canHold(dtype: DType, value: number): boolean {
  if (isFloat(dtype)) return true
  if (dtype === 'bool') return value === 0 || value === 1
  return Number.isInteger(value) && (dtype === 'int32' ? value === (value | 0) : value === value >>> 0)
}

/** `int32` and `uint32` as a noun: "an int32". */
export const aNumberOf = (dtype: DType): string => `${dtype === 'int32' ? 'an' : 'a'} ${dtype}`

/** `size` zeros. @throws naming the operation for what is no dtype, and for more than there is room for. */
export function newArray(op: string, dtype: DType, size: number, shape: Shape = [size]): TypedArray {
  checkDType(op, dtype)
  try {
    return new arrayTypes[dtype](size)
  } catch (error) {
    throw new RangeError(
      `${op}: no room for ${size} numbers in ${dtype}, shape ${formatShape(shape)}: ${(error as Error).message}`,
    )
  }
}

const widths: Readonly<Record<DType, number>> = { float32: 4, float64: 8, int32: 4, uint32: 4, bool: 1 }

/** What one element takes in a buffer and in files. */
export const bytesPerElement = (dtype: DType): number => widths[dtype]

/** Whether a dtype is `float32` or `float64`: the only ones that random numbers are drawn in and that gradients pass through. */
export const isFloat = (dtype: DType): boolean => dtype === 'float32' || dtype === 'float64'

/** Distance from 1 to the next larger number of a floating dtype. */
export const machineEpsilon = (dtype: DType): number => (dtype === 'float64' ? 2 ** -52 : 2 ** -23)

/** The smallest number above 0 that a floating dtype holds with all its digits: what lies between is subnormal. */
export const smallestNormal = (dtype: DType): number => (dtype === 'float64' ? 2 ** -1022 : 2 ** -126)

/** The dtype that reads as such an array: bool for bytes. @throws TypeError for arrays that no dtype reads as. */
export function dtypeOf(values: ArrayBufferView): DType {
  for (const dtype of Object.keys(arrayTypes) as DType[]) {
    if (values instanceof arrayTypes[dtype]) return dtype
  }
  throw new TypeError(
    `tensor: expected one of ${Object.keys(arrayTypes).join(', ')} arrays, got ${values.constructor.name}`,
  )
}
