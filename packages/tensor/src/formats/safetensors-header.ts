import type { DType } from '../dtype.ts'
import { quote } from '../quote.ts'
import { bytesFor, itemSize, shownShape } from './array-data.ts'

/** The header's one key that is not a tensor. */
export const METADATA = '__metadata__'

export const dtypeNames: Record<DType, string> = {
  float32: 'F32',
  float64: 'F64',
  int32: 'I32',
  uint32: 'U32',
  bool: 'BOOL',
}

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
  readonly dtype: DType
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
export function readSafetensorsHeader(bytes: Uint8Array): SafetensorsHeader {
  const { text, start } = headerText(bytes)
  const { [METADATA]: metadata = {}, ...fields } = parseObject(text)
  if (!isRecord(metadata) || !Object.values(metadata).every((value) => typeof value === 'string')) {
    throw new Error(`decodeSafetensors: expected texts by name in ${METADATA}, found ${excerpt(metadata)}`)
  }
  const entries = Object.entries(fields).map(([name, field]) => readEntry(name, field))
  // An empty array may share its place with the next one: it goes first.
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end)
  checkCoverage(entries, start, bytes.length)
  return { start, entries, metadata: metadata as Record<string, string> }
}

function headerText(bytes: Uint8Array): { text: string; start: number } {
  if (bytes.length < 8) {
    throw new RangeError(
      `decodeSafetensors: expected 8 bytes of header length at byte 0, found ${bytes.length}`,
    )
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32
  if (length > bytes.length - 8) {
    // No header is that long: these bytes are no length.
    const isGarbage = length > LONGEST_HEADER || bytes[8] !== OPEN_BRACE
    throw new RangeError(
      isGarbage
        ? `decodeSafetensors: this is no .safetensors file: it begins with ${firstBytes(bytes)}; taken for the length of a header, its first 8 bytes expected ${length} bytes of header, found ${bytes.length - 8}`
        : `decodeSafetensors: expected ${length} bytes of header from byte 8, found ${bytes.length - 8}: the file is cut short`,
    )
  }
  if (length > LONGEST_HEADER) {
    throw new RangeError(
      `decodeSafetensors: expected a header of at most ${LONGEST_HEADER} bytes from byte 8, found ${length}`,
    )
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      bytes.subarray(8, 8 + length),
    )
    return { text, start: 8 + length }
  } catch (cause) {
    throw new Error('decodeSafetensors: expected UTF-8 in the header from byte 8, found other bytes', {
      cause,
    })
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new Error(`decodeSafetensors: expected JSON from byte 8, found ${excerpt(text)}`, { cause })
  }
  if (!isRecord(value))
    throw new Error(`decodeSafetensors: expected a JSON object at byte 8, found ${excerpt(value)}`)
  return value
}

function readEntry(name: string, field: unknown): SafetensorsEntry {
  const fail = (expected: string, found: unknown): never => {
    throw new Error(`decodeSafetensors: expected ${expected} for ${quote(name)}, found ${excerpt(found)}`)
  }
  if (!isRecord(field)) return fail('dtype, shape and data_offsets', field)
  const dtype = (Object.keys(dtypeNames) as DType[]).find(
    (candidate) => dtypeNames[candidate] === field.dtype,
  )
  if (dtype === undefined) return fail(`a dtype among ${Object.values(dtypeNames).join(', ')}`, field.dtype)
  const { shape, data_offsets: offsets } = field
  if (!isCounts(shape)) return fail('a shape of whole numbers', shape)
  if (!isCounts(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) {
    return fail('data_offsets [begin, end] with begin ≤ end', offsets)
  }
  const [begin, end] = offsets
  const expected = bytesFor(shape, itemSize(dtype))
  if (end - begin !== expected) {
    return fail(`data_offsets ${expected} bytes apart (${shownShape(shape)} ${dtype})`, offsets)
  }
  return { name, dtype, shape, begin, end }
}

/** Every byte after the header belongs to exactly one array. */
function checkCoverage(entries: readonly SafetensorsEntry[], start: number, length: number): void {
  let covered = 0
  for (const { name, begin, end } of entries) {
    if (end > length - start) {
      throw new RangeError(
        `decodeSafetensors: expected the data of ${quote(name)} up to byte ${start + end}, found the end at byte ${length}`,
      )
    }
    if (begin !== covered) {
      const fault =
        begin < covered ? 'which belongs to another tensor' : 'and bytes before it that belong to none'
      throw new RangeError(
        `decodeSafetensors: expected the data of ${quote(name)} at byte ${start + covered}, found it at byte ${start + begin}, ${fault}`,
      )
    }
    covered = end
  }
  if (covered !== length - start) {
    throw new RangeError(
      `decodeSafetensors: expected the end at byte ${start + covered}, found ${length} bytes`,
    )
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
