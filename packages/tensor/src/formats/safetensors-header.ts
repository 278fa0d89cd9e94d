import type { DType } from '../dtype.ts'
import { quote } from '../quote.ts'
import { bytesFor, shownShape } from './array-data.ts'
import { type NumberItem, type NumberName, numberItems } from './number-items.ts'

/** The header's one key that is not a tensor. */
export const METADATA = '__metadata__'

export const dtypeNames: Record<DType, string> = {
  float32: 'F32',
  float64: 'F64',
  int32: 'I32',
  uint32: 'U32',
  bool: 'BOOL',
}

/** The dtypes that are read, and as what. */
export const readable: Readonly<Record<string, NumberName>> = {
  F64: 'float64',
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I16: 'int16',
  I8: 'int8',
  U64: 'uint64',
  U32: 'uint32',
  U16: 'uint16',
  U8: 'uint8',
  BOOL: 'bool',
}

/** Bytes of an item of other dtypes that the format has. */
const otherBytes: Readonly<Record<string, number>> = {
  F8_E4M3: 1,
  F8_E5M2: 1,
  F8_E8M0: 1,
  F8_E4M3FNUZ: 1,
  F8_E5M2FNUZ: 1,
  F6_E2M3: 0.75,
  F6_E3M2: 0.75,
  F4: 0.5,
  C64: 8,
}

/** What a name of a dtype looks like: the format may get more of them. */
const DTYPE_NAME = /^[A-Z]{1,4}\d[A-Z0-9_]{0,12}$/

/** `undefined` for a dtype that nobody knows yet. */
function itemBytes(dtype: string): number | undefined {
  if (Object.hasOwn(readable, dtype)) return (numberItems[readable[dtype]] as NumberItem).bytes
  return Object.hasOwn(otherBytes, dtype) ? otherBytes[dtype] : undefined
}

const isDtype = (value: unknown): value is string =>
  typeof value === 'string' && (itemBytes(value) !== undefined || DTYPE_NAME.test(value))

/** What readers of the format accept at most, in bytes. */
const LONGEST_HEADER = 100_000_000

const OPEN_BRACE = 0x7b

/** As they are in hexadecimal, and as a text. */
function firstBytes(bytes: Uint8Array): string {
  const head = [...bytes.subarray(0, 16)]
  const text = head.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '·')).join('')
  return `${head.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')} ('${text}')`
}

/** Where one array lies, in bytes after the header. */
export interface SafetensorsEntry {
  readonly name: string
  /** As the file calls it: `BF16`. Whether it can be read shows when it is. */
  readonly dtype: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

export interface SafetensorsHeader {
  /** Byte at which the data begin. */
  readonly start: number
  /** In the order of their data, which they cover without gap or overlap. */
  readonly entries: readonly SafetensorsEntry[]
  readonly metadata: Record<string, string>
}

/** @throws naming the byte or the tensor, what was expected and what was found */
export function readSafetensorsHeader(op: string, bytes: Uint8Array): SafetensorsHeader {
  const { text, start } = headerText(op, bytes)
  const { [METADATA]: metadata = {}, ...fields } = parseObject(op, text)
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw new Error(`${op}: expected texts by name in ${METADATA}, found ${excerpt(metadata)}`)
  }
  const entries = Object.entries(fields).map(([name, field]) => readEntry(op, name, field))
  // An empty array may share its place with the next one: it goes first.
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end)
  checkCoverage(op, entries, start, bytes.length)
  return { start, entries, metadata: metadata as Record<string, string> }
}

function headerText(op: string, bytes: Uint8Array): { text: string; start: number } {
  if (bytes.length < 8) {
    throw new RangeError(`${op}: expected 8 bytes of header length at byte 0, found ${bytes.length}`)
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32
  if (length > bytes.length - 8) {
    // No header is that long: these bytes are no length.
    const isGarbage = length > LONGEST_HEADER || bytes[8] !== OPEN_BRACE
    throw new RangeError(
      isGarbage
        ? `${op}: this is no .safetensors file: it begins with ${firstBytes(bytes)}; taken for the length of a header, its first 8 bytes expected ${length} bytes of header, found ${bytes.length - 8}`
        : `${op}: expected ${length} bytes of header from byte 8, found ${bytes.length - 8}: the file is cut short`,
    )
  }
  if (length > LONGEST_HEADER) {
    throw new RangeError(
      `${op}: expected a header of at most ${LONGEST_HEADER} bytes from byte 8, found ${length}`,
    )
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(8, 8 + length),
    )
    return { text, start: 8 + length }
  } catch (cause) {
    throw new Error(`${op}: expected UTF-8 in the header from byte 8, found other bytes`, {
      cause,
    })
  }
}

function parseObject(op: string, text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Error(`${op}: expected JSON from byte 8, found ${excerpt(text)}`, { cause })
  }
  if (!isRecord(value)) throw new Error(`${op}: expected a JSON object at byte 8, found ${excerpt(value)}`)
  return value
}

function readEntry(op: string, name: string, field: unknown): SafetensorsEntry {
  const fail = (expected: string, found: unknown): never => {
    throw new Error(`${op}: expected ${expected} for ${quote(name)}, found ${excerpt(found)}`)
  }
  if (!isRecord(field)) return fail('dtype, shape and data_offsets', field)
  const { dtype } = field
  if (!isDtype(dtype)) return fail(`a dtype among ${Object.keys(readable).join(', ')}`, dtype)
  const { shape, data_offsets: offsets } = field
  if (!isCounts(shape)) return fail('a shape of whole numbers', shape)
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    return fail('data_offsets [begin, end] with begin ≤ end', offsets)
  }
  const [begin, end] = offsets
  const width = itemBytes(dtype)
  const expected = width === undefined ? end - begin : bytesFor(shape, width)
  if (end - begin !== expected) {
    return fail(`data_offsets ${expected} bytes apart (${shownShape(shape)} ${named(dtype)})`, offsets)
  }
  return { name, dtype, shape, begin, end }
}

/** A dtype as numpy and PyTorch call it. */
const named = (dtype: string): string => (Object.hasOwn(readable, dtype) ? readable[dtype] : dtype)

/** Every byte after the header belongs to exactly one array. */
function checkCoverage(
  op: string,
  entries: readonly SafetensorsEntry[],
  start: number,
  length: number,
): void {
  let covered = 0
  for (const { name, begin, end } of entries) {
    if (end > length - start) {
      throw new RangeError(
        `${op}: expected the data of ${quote(name)} up to byte ${start + end}, found the end at byte ${length}`,
      )
    }
    if (begin !== covered) {
      const fault =
        begin < covered ? 'which belongs to another tensor' : 'and bytes before it that belong to none'
      throw new RangeError(
        `${op}: expected the data of ${quote(name)} at byte ${start + covered}, found it at byte ${start + begin}, ${fault}`,
      )
    }
    covered = end
  }
  if (covered !== length - start) {
    throw new RangeError(`${op}: expected the end at byte ${start + covered}, found ${length} bytes`)
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && item >= 0)

/** Letters of what was found that an error shows, and levels of lists and objects. */
const LETTERS = 60
const LEVELS = 3

function excerpt(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = written(value, LEVELS)
  return text.length > LETTERS ? `${text.slice(0, LETTERS)}…` : text
}

/** As JSON, as far as it is shown: what is nested may be so deeply that `JSON.stringify` does not get through, and as long as a file. */
function written(value: unknown, levels: number): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, LETTERS))
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (levels === 0) return '…'
  const inside = (part: unknown) => written(part, levels - 1)
  if (Array.isArray(value)) return `[${value.slice(0, LETTERS).map(inside).join(',')}]`
  const parts = Object.entries(value)
    .slice(0, LETTERS)
    .map(([name, part]) => `${inside(name)}:${inside(part)}`)
  return `{${parts.join(',')}}`
}
