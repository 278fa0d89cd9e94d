import type { DType } from '../../../dtype.ts'

/** A float as GLSL writes it. */
export const floatLiteral = (value: number): string => {
  if (Number.isNaN(value)) return 'number(0x7fc00000u)'
  if (!Number.isFinite(value)) return `number(${value > 0 ? '0x7f800000u' : '0xff800000u'})`
  const digits = Math.fround(value).toString()
  return /[.e]/.test(digits) ? digits : `${digits}.0`
}

/** A number as kernels see it in a dtype. */
export const literal = (dtype: DType, value: number): string => {
  if (dtype === 'float32') return floatLiteral(value)
  if (dtype === 'bool') return value === 0 ? '0' : '1'
  return dtype === 'uint32' ? `${value >>> 0}u` : String(value | 0)
}
