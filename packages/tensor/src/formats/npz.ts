import { aBoolean, type OptionsOf, optionTable, withDefault } from '../option-table.ts'
import type { ArrayData } from './array-data.ts'
import { namesRow } from './names-option.ts'
import { writeNpy } from './npy.ts'
import { isResourceFork, type NpzArchive, openArchive, SUFFIX } from './npz-archive.ts'
import { unpackedRows } from './unpacked-limit.ts'
import { packZip } from './zip/pack.ts'

const npzOptions = optionTable('encodeNpz', {
  /** Deflate the arrays, as `numpy.savez_compressed` does. Default true; an array that would not become smaller is stored. */
  compress: withDefault(aBoolean, true),
})

/** What {@link encodeNpz} may be told. */
export type NpzOptions = OptionsOf<typeof npzOptions>

const openOptions = optionTable('openNpz', unpackedRows)

/** What {@link openNpz} may be told. */
export type NpzOpenOptions = OptionsOf<typeof openOptions>

const readOptions = optionTable('decodeNpz', { ...unpackedRows, ...namesRow })

/** What {@link decodeNpz} may be told. */
export type NpzReadOptions = OptionsOf<typeof unpackedRows> & OptionsOf<typeof namesRow>

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

/** @throws for what would come back as another name, or not at all. */
function checkName(op: string, name: string): void {
  if (isResourceFork(name + SUFFIX)) {
    throw new Error(
      `${op}: expected a name that is not in __MACOSX/ and has no ._ in front, which readers pass over as what a Mac adds, got ${JSON.stringify(name)}`,
    )
  }
  const bytes = new TextEncoder().encode(name)
  // Lone surrogates become U+FFFD; Python's zipfile ends a name at a NUL.
  if (new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes) === name && !name.includes('\0')) return
  throw new Error(`${op}: expected a name in Unicode without NUL, got ${JSON.stringify(name)}`)
}

/**
 * The arrays in a `.npz` file, by name without `.npy`, stored or compressed, each as {@link decodeNpy} reads it: all of them, or those
 * of the option `names`, whatever the others are. Files in it that are no `.npy` are left out.
 * Memory follows what the file has: sizes are believed as far as they could be true, and unpacking stops at them. What all arrays together
 * may unpack to is bounded (see the option `maxBytes`), so that a small file of zeros does not fill the memory.
 *
 * @throws naming the entry, the byte of the file (of the entry, within a `.npy`), what was expected there and what was
 *   found: no zip file, one that is damaged, cut off or contradicts itself, entries that overlap, a zip file of another kind (a
 *   workbook), more than `maxBytes`; of the arrays that are read: encryption, several disks, other methods than stored and deflate,
 *   a name that comes twice
 * @example
 * const bytes = await encodeNpz({ codes: { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) } })
 * const { codes } = await decodeNpz(bytes)
 * codes.shape // [1, 2]
 */
export async function decodeNpz(
  bytes: Uint8Array,
  options: NpzReadOptions = {},
): Promise<Record<string, ArrayData>> {
  const { maxBytes, names } = readOptions.resolve(options)
  const archive = openArchive('decodeNpz', bytes, maxBytes)
  if (archive.sparse !== null && names === undefined) {
    throw new TypeError(`decodeNpz: expected arrays of numbers, found ${archive.sparse}`)
  }
  const arrays: [string, ArrayData][] = []
  // One after the other: no more than one is there twice, as a file and as an array.
  for (const name of names ?? archive.names) arrays.push([name, await archive.read(name)])
  return Object.fromEntries(arrays)
}

/**
 * A `.npz` file whose arrays are unpacked one by one when they are asked for: what else is in it, of whatever type or size, does not
 * matter. What is unpacked in all is bounded by the option `maxBytes`.
 *
 * @throws as {@link decodeNpz} does for the file as a whole
 * @example
 * const x = { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) } as const
 * const file = openNpz(await encodeNpz({ x }))
 * file.names // ['x']
 * await file.describe('x') // { type: 'float32', shape: [1, 2], reads: 'numbers' }
 * const { data } = await file.read('x')
 */
export function openNpz(bytes: Uint8Array, options: NpzOpenOptions = {}): NpzArchive {
  const { maxBytes } = openOptions.resolve(options)
  return openArchive('openNpz', bytes, maxBytes)
}
