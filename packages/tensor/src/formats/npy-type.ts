import { quote } from '../quote.ts'
import type { Shape } from '../shape.ts'
import { type NumberItem, type NumberName, numberItems } from './number-items.ts'

/** What the items of a `.npy` file are. */
export type NpyType = NumberType | TextType | OtherType

interface TypeFacts {
  /** As numpy calls it: `float64`, `<U5`, `object`. */
  readonly name: string
  /** Bytes of an item in the file. */
  readonly bytes: number
  /** Whether numbers within an item have their upper byte first. */
  readonly bigEndian: boolean
}

export interface NumberType extends TypeFacts {
  readonly reads: 'numbers'
  readonly number: NumberName
}

/** Texts of one width, padded with NUL: of code points (`U`) or of bytes (`S`). */
export interface TextType extends TypeFacts {
  readonly reads: 'texts'
  readonly letter: 'U' | 'S'
}

/** What is read neither as numbers nor as texts. */
export interface OtherType {
  readonly reads: 'nothing'
  readonly name: string
  /** What it is and how to save it otherwise. */
  readonly advice: string
}

/** Numpy's letters and widths. */
const numbers: Readonly<Record<string, NumberName>> = {
  b1: 'bool',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
}

/** Byte order, letter and width: `<f4`; of times a unit as well, `<M8[ns]`. */
const DESCRIPTOR = /^([<>|])([a-zA-Z])(\d*)(\[[^\]]*\])?$/

const LETTER_BYTES = { U: 4, S: 1 } as const

/** By numpy's letter: kinds of items that are no numbers or not held exactly, and what to save in place of them. */
const others: Readonly<Record<string, (width: string, shape: Shape) => { name: string; advice: string }>> = {
  O: (_, shape) => ({
    name: 'object',
    advice:
      shape.length === 0
        ? 'one pickled Python object, a dict perhaps, which is never unpickled as that runs code; save its arrays by np.savez(path, **x.item()), a sparse matrix by np.save(path, x.item().toarray())'
        : "pickled Python objects, which are never unpickled as that runs code; save numbers by np.save(path, x.astype('float64'), allow_pickle=False), texts by x.astype(str); pad rows of several lengths with NaN",
  }),
  V: (width) => ({
    name: `void${width}`,
    advice:
      width === '2'
        ? "raw bytes, as numpy saves bfloat16; save x.astype('float32')"
        : "raw bytes; save numbers: x.view(dtype) or x.astype('float64')",
  }),
  c: (width) => ({
    name: `complex${8 * Number(width)}`,
    advice: 'complex numbers; save np.abs(x), or both parts as columns: np.hstack([x.real, x.imag])',
  }),
  f: (width) => ({
    name: `float${8 * Number(width)}`,
    advice: "extended precision (long double); save x.astype('float64')",
  }),
  M: () => ({
    name: 'datetime64',
    advice: "points in time; save milliseconds since 1970: x.astype('datetime64[ms]').astype('float64')",
  }),
  m: () => ({ name: 'timedelta64', advice: "spans of time; save seconds: x / np.timedelta64(1, 's')" }),
}

/** Widths that there are of `others` where not any is one. */
const widths: Readonly<Record<string, readonly string[]>> = {
  O: ['', '4', '8'],
  c: ['8', '16', '24', '32'],
  f: ['10', '12', '16'],
  M: ['8'],
  m: ['8'],
}

/** What texts are good for. */
export const TEXT_ADVICE =
  "texts, which are read as labels only; numbers written as texts are saved by x.astype('float64')"

const STRUCTURED_ADVICE =
  'fields of several kinds (a structured array); save its columns as numbers: np.lib.recfunctions.structured_to_unstructured(x)'

/** @param descr of the header. @throws TypeError for what is no type of numpy's */
export function readNpyType(op: string, descr: string, shape: Shape): NpyType {
  if (descr.startsWith('[')) {
    return { reads: 'nothing', name: `structured ${quote(descr).slice(1, -1)}`, advice: STRUCTURED_ADVICE }
  }
  const [, order, letter, width, unit = ''] = DESCRIPTOR.exec(descr) ?? []
  const bigEndian = order === '>'
  const code = letter + width
  if (Object.hasOwn(numbers, code) && unit === '') {
    const { bytes }: NumberItem = numberItems[numbers[code]]
    if (order !== '|' || bytes === 1) {
      return { reads: 'numbers', name: numbers[code], number: numbers[code], bytes, bigEndian }
    }
  }
  if ((letter === 'U' || letter === 'S') && width !== '' && unit === '') {
    return { reads: 'texts', name: descr, letter, bytes: LETTER_BYTES[letter] * Number(width), bigEndian }
  }
  if (Object.hasOwn(others, letter) && (widths[letter]?.includes(width) ?? width !== '')) {
    const { name, advice } = others[letter](width, shape)
    return { reads: 'nothing', name: name + unit, advice }
  }
  const known = Object.keys(numbers).join(', ')
  throw new TypeError(
    `${op}: expected < or > and a dtype among ${known} in the header, found ${quote(descr)}`,
  )
}
