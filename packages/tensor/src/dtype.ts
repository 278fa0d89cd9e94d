/** Element types. Nothing is promoted silently: mixing two dtypes in one op is an error. */
export type DType = 'float32' | 'float64' | 'int32' | 'uint32' | 'bool'

/** What a tensor reads as; `bool` is a `Uint8Array` of 0 and 1. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint32Array | Uint8Array

export const arrayTypes = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  bool: Uint8Array,
} as const satisfies Record<DType, unknown>

export const isFloat = (dtype: DType): boolean => dtype === 'float32' || dtype === 'float64'

/** Distance from 1 to the next larger number of a floating dtype. */
export const machineEpsilon = (dtype: DType): number => (dtype === 'float64' ? 2 ** -52 : 2 ** -23)

/** The dtype a typed array carries. @throws TypeError for arrays that no dtype stands for. */
export function dtypeOf(values: ArrayBufferView): DType {
  for (const dtype of Object.keys(arrayTypes) as DType[]) {
    if (values instanceof arrayTypes[dtype]) return dtype
  }
  throw new TypeError(
    `tensor: expected one of ${Object.keys(arrayTypes).join(', ')} arrays, got ${values.constructor.name}`,
  )
}
