import { likeliest } from '../checks.ts'
import { type OptionsOf, optionTable } from '../option-table.ts'
import { quote } from '../quote.ts'
import type { Shape } from '../shape.ts'
import { type ArrayData, bytesOf, checkArrayData, checkBytes, itemSize, shownShape } from './array-data.ts'
import { namesRow } from './names-option.ts'
import { numbersFrom } from './number-items.ts'
import { dtypeNames, METADATA, readable, readSafetensorsHeader } from './safetensors-header.ts'

/** The data begin at a multiple of this, as the format asks. */
const ALIGNMENT = 8

/** What a `.safetensors` file holds. */
export interface Safetensors {
  readonly tensors: Record<string, ArrayData>
  readonly metadata: Record<string, string>
}

/**
 * Named arrays as the bytes of a `.safetensors` file. The same content gives the same bytes: wider dtypes first (so
 * that every array is aligned), then by name; metadata by name.
 *
 * @throws if an array's dtype, shape and data do not belong together, or one is named `__metadata__`
 * @example
 * encodeSafetensors({ bias: { dtype: 'float32', shape: [2], data: Float32Array.of(0, 1) } }, { step: '17' })
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, ArrayData>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const arrays = Object.entries(tensors).sort(
    ([nameA, a], [nameB, b]) => itemSize(b.dtype) - itemSize(a.dtype) || (nameA < nameB ? -1 : 1),
  )
  const fields: string[] = []
  if (Object.keys(metadata).length > 0) fields.push(`${JSON.stringify(METADATA)}:${encodeMetadata(metadata)}`)
  let offset = 0
  for (const [name, array] of arrays) {
    if (name === METADATA) throw new Error(`encodeSafetensors: '${METADATA}' is not a name for a tensor`)
    checkArrayData(`encodeSafetensors: '${name}'`, array)
    const end = offset + array.data.byteLength
    const field = { dtype: dtypeNames[array.dtype], shape: array.shape, data_offsets: [offset, end] }
    fields.push(`${JSON.stringify(name)}:${JSON.stringify(field)}`)
    offset = end
  }
  const header = new TextEncoder().encode(`{${fields.join(',')}}`)
  const start = 8 + Math.ceil(header.length / ALIGNMENT) * ALIGNMENT
  const bytes = new Uint8Array(start + offset)
  new DataView(bytes.buffer).setUint32(0, start - 8, true)
  bytes.fill(0x20, 8, start)
  bytes.set(header, 8)
  let at = start
  for (const [, { data }] of arrays) {
    bytes.set(bytesOf(data), at)
    at += data.byteLength
  }
  return bytes
}

const readOptions = optionTable('decodeSafetensors', namesRow)

/** What {@link decodeSafetensors} may be told. */
export type SafetensorsReadOptions = OptionsOf<typeof readOptions>

/**
 * The named arrays in a `.safetensors` file, or those of the option `names`, whatever the others are. F32, F64, I32, U32 and BOOL stay
 * what they are, F16 and BF16 become float32, exactly, integers of 8 and 16 bits int32 or uint32; those of 64 bits as well where every
 * number fits, else float64 (up to 2^53, where that is exact).
 *
 * @throws naming the byte, what was expected and what was found: a truncated file, a header that is not JSON or
 *   has fields of the wrong kind, data that overlap, leave gaps or reach outside the file; of the arrays that are read: dtypes that are not
 *   listed above, numbers beyond 2^53
 * @example
 * decodeSafetensors(encodeSafetensors({}, { step: '17' })).metadata.step // '17'
 */
export function decodeSafetensors(bytes: Uint8Array, options: SafetensorsReadOptions = {}): Safetensors {
  const { names } = readOptions.resolve(options)
  const file = openFile('decodeSafetensors', bytes)
  const tensors = (names ?? file.names).map((name) => [name, file.read(name)] as const)
  return { tensors: Object.fromEntries(tensors), metadata: file.metadata }
}

/** The arrays of a `.safetensors` file, none of which is read before it is asked for: see {@link openSafetensors}. */
export interface SafetensorsFile {
  /** In the order of their data. */
  readonly names: readonly string[]
  readonly metadata: Record<string, string>
  /** What an array is, from the header: its dtype as the file calls it (`BF16`). @throws for a name that is not there */
  describe(name: string): { readonly dtype: string; readonly shape: Shape }
  /** @throws as {@link decodeSafetensors} does, for this array */
  read(name: string): ArrayData
}

/**
 * A `.safetensors` file whose arrays are read one by one when they are asked for: what else is in it, of whatever dtype, does not matter.
 *
 * @throws as {@link decodeSafetensors} does for the file as a whole
 * @example
 * const file = openSafetensors(encodeSafetensors({ bias: { dtype: 'float32', shape: [2], data: Float32Array.of(0, 1) } }))
 * file.names // ['bias']
 * file.describe('bias') // { dtype: 'F32', shape: [2] }
 * file.read('bias').data // Float32Array [0, 1]
 */
export const openSafetensors = (bytes: Uint8Array): SafetensorsFile => openFile('openSafetensors', bytes)

function openFile(op: string, bytes: Uint8Array): SafetensorsFile {
  checkBytes(op, bytes)
  const { start, entries, metadata } = readSafetensorsHeader(op, bytes)
  const byName = new Map(entries.map((entry) => [entry.name, entry]))
  const names = [...byName.keys()]
  const find = (name: string) => {
    const entry = byName.get(name)
    if (entry !== undefined) return entry
    const like = likeliest(name, names)
    const hint = like === undefined ? '' : `; did you mean ${quote(like)}?`
    const known = names.slice(0, LISTED).map(quote).join(', ') || 'none'
    const more = names.length > LISTED ? `, … (${names.length})` : ''
    throw new RangeError(`${op}: expected one of its tensors, ${known}${more}, got ${quote(name)}${hint}`)
  }
  return {
    names,
    metadata,
    describe(name) {
      const { dtype, shape } = find(name)
      return { dtype, shape }
    },
    read(name) {
      const { dtype, shape, begin, end } = find(name)
      const where = `${op}: ${quote(name)}`
      if (!Object.hasOwn(readable, dtype)) {
        const known = Object.keys(readable).join(', ')
        throw new TypeError(
          `${where}: expected a dtype among ${known}, found ${dtype} ${shownShape(shape)}; save the tensor as float32: t.float()`,
        )
      }
      const place = { op: where, at: start + begin, shape }
      return { shape, ...numbersFrom(readable[dtype], bytes.subarray(start + begin, start + end), place) }
    },
  }
}

/** Names that a message lists. */
const LISTED = 10

function encodeMetadata(metadata: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, value] of pairs) {
    if (typeof value !== 'string') {
      throw new TypeError(`encodeSafetensors: expected texts as metadata, got ${typeof value} for '${name}'`)
    }
  }
  return `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`
}
