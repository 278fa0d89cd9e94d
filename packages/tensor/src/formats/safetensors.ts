import { quote } from '../quote.ts'
import { type ArrayData, bytesOf, checkArrayData, checkBytes, itemSize, numbersFrom } from './array-data.ts'
import { dtypeNames, METADATA, readSafetensorsHeader } from './safetensors-header.ts'

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

/**
 * The named arrays in a `.safetensors` file: dtypes F32, F64, I32, U32, BOOL.
 *
 * @throws naming the byte, what was expected and what was found: a truncated file, a header that is not JSON or
 *   has fields of the wrong kind, unknown dtypes, data that overlap, leave gaps or reach outside the file
 * @example
 * decodeSafetensors(encodeSafetensors({}, { step: '17' })).metadata.step // '17'
 */
export function decodeSafetensors(bytes: Uint8Array): Safetensors {
  checkBytes('decodeSafetensors', bytes)
  const { start, entries, metadata } = readSafetensorsHeader(bytes)
  const tensors = entries.map(({ name, dtype, shape, begin, end }) => {
    const data = numbersFrom(
      `decodeSafetensors: ${quote(name)}`,
      dtype,
      bytes.subarray(start + begin, start + end),
      start + begin,
    )
    return [name, { dtype, shape, data }] as const
  })
  return { tensors: Object.fromEntries(tensors), metadata }
}

function encodeMetadata(metadata: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(metadata).sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [name, value] of pairs) {
    if (typeof value !== 'string') {
      throw new TypeError(`encodeSafetensors: expected texts as metadata, got ${typeof value} for '${name}'`)
    }
  }
  return `{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`
}
