import { aBoolean, type OptionsOf, optionTable, withDefault } from '../option-table.ts'
import { quote } from '../quote.ts'
import { type ArrayData, checkBytes } from './array-data.ts'
import { readNpy, writeNpy } from './npy.ts'
import { type UnpackedLimit, unpackedLimit, unpackedRows } from './unpacked-limit.ts'
import type { ZipEntry } from './zip/directory.ts'
import { readZipDirectory } from './zip/directory.ts'
import { packZip } from './zip/pack.ts'
import { unpack } from './zip/unpack.ts'

const npzOptions = optionTable('encodeNpz', {
  /** Deflate the arrays, as `numpy.savez_compressed` does. Default true; an array that would not become smaller is stored. */
  compress: withDefault(aBoolean, true),
})

/** What {@link encodeNpz} may be told. */
export type NpzOptions = OptionsOf<typeof npzOptions>

const readOptions = optionTable('decodeNpz', unpackedRows)

/** What {@link decodeNpz} may be told. */
export type NpzReadOptions = OptionsOf<typeof readOptions>

/** What numpy calls the file of an array in the zip file. */
const SUFFIX = '.npy'

/**
 * Named arrays as the bytes of a `.npz` file, which `numpy.load` reads: a zip file with one `.npy` each, by name. The
 * arrays are copied at the call. Uncompressed, the same arrays give the same bytes anywhere; compressed, on one platform.
 *
 * @throws naming the array: dtype, shape and data that do not belong together, a name that a zip file cannot hold
 * @example
 * const bytes = await encodeNpz({ codes: { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) } })
 */
export async function encodeNpz(
  arrays: Readonly<Record<string, ArrayData>>,
  options: NpzOptions = {},
): Promise<Uint8Array> {
  return writeNpz('encodeNpz', arrays, options)
}

/** As {@link encodeNpz}, on behalf of an operation that errors name. */
export async function writeNpz(
  op: string,
  arrays: Readonly<Record<string, ArrayData>>,
  options: NpzOptions,
): Promise<Uint8Array> {
  const { compress } = npzOptions.resolve(options, op)
  const contents = Object.entries(arrays)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, array]) => {
      checkName(op, name)
      return { name: name + SUFFIX, bytes: writeNpy(`${op}: '${name}'`, array) }
    })
  return packZip(op, contents, compress)
}

/** @throws for what would come back as another name. */
function checkName(op: string, name: string): void {
  const bytes = new TextEncoder().encode(name)
  // Lone surrogates become U+FFFD; Python's zipfile ends a name at a NUL.
  if (new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) === name && !name.includes('\0')) return
  throw new Error(`${op}: expected a name in Unicode without NUL, got ${JSON.stringify(name)}`)
}

/**
 * The arrays in a `.npz` file, by name without `.npy`, stored or compressed, each as {@link decodeNpy} reads it.
 * Memory follows what the file has: sizes are believed as far as they could be true, and unpacking stops at them. What all arrays together
 * may unpack to is bounded (see the option `maxBytes`), so that a small file of zeros does not fill the memory.
 *
 * @throws naming the entry, the byte of the file (of the entry, within a `.npy`), what was expected there and what was
 *   found: no zip file, one that is damaged, cut off or contradicts itself, encryption, several disks, other methods than
 *   stored and deflate, entries that overlap, come twice or are no `.npy`, more than `maxBytes`
 * @example
 * const bytes = await encodeNpz({ codes: { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) } })
 * const { codes } = await decodeNpz(bytes)
 * codes.shape // [1, 2]
 */
export async function decodeNpz(
  bytes: Uint8Array,
  options: NpzReadOptions = {},
): Promise<Record<string, ArrayData>> {
  const { maxBytes } = readOptions.resolve(options)
  const op = 'decodeNpz'
  checkBytes(op, bytes)
  const entries = readZipDirectory(op, bytes)
  for (const { name, offset } of entries) {
    if (!name.endsWith(SUFFIX)) {
      throw new Error(
        `${op}: ${quote(name)}: expected files named *${SUFFIX} only, found this one at byte ${offset}`,
      )
    }
  }
  checkUnpacked(op, entries, unpackedLimit(bytes.length, maxBytes))
  const arrays: [string, ArrayData][] = []
  // One after the other: no more than one is there twice, as a file and as an array.
  for (const entry of entries) {
    const content = await unpack(op, bytes, entry)
    arrays.push([entry.name.slice(0, -SUFFIX.length), readNpy(`${op}: ${quote(entry.name)}`, content)])
  }
  return Object.fromEntries(arrays)
}

/** Unpacking an entry stops at the size it says; so does this, before any is unpacked. @throws for too much in all */
function checkUnpacked(op: string, entries: readonly ZipEntry[], limit: UnpackedLimit): void {
  let total = 0
  for (const { name, size, stored } of entries) {
    if (!stored) total += size
    if (total > limit.bytes) {
      throw new RangeError(
        `${op}: ${quote(name)}: expected arrays that unpack to ${limit.words}, found ${total} up to this one`,
      )
    }
  }
}
