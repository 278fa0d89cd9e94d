import { likeliest } from '../checks.ts'
import { quote } from '../quote.ts'
import { type ArrayData, checkBytes } from './array-data.ts'
import {
  type ArrayDescription,
  describeNpyFile,
  headerBytes,
  readNpy,
  readNpyTexts,
  type TextArray,
} from './npy.ts'
import { type UnpackedLimit, unpackedLimit } from './unpacked-limit.ts'
import { readZipDirectory, type ZipEntry } from './zip/directory.ts'
import { kindOfZip } from './zip/kind-of-zip.ts'
import { unpack, unpackStart } from './zip/unpack.ts'

/** What numpy calls the file of an array in the zip file. */
export const SUFFIX = '.npy'

/** What a Mac puts beside every file that it zips: no arrays, whatever they are called. */
const RESOURCE_FORK = /(^|\/)(__MACOSX\/|\._|\.DS_Store$)/

/** Whether a file in a zip file is what a Mac puts beside the others. */
export const isResourceFork = (name: string): boolean => RESOURCE_FORK.test(name)

/** The arrays of a matrix that `scipy.sparse.save_npz` writes: in every form these and one of those. */
const SPARSE = ['format', 'shape', 'data'] as const
const PLACES = ['indices', 'row', 'offsets'] as const

const SPARSE_ADVICE =
  'the parts of one sparse matrix (scipy.sparse.save_npz); save np.savez(path, x=matrix.toarray())'

/** Long enough for the header of a plain array. */
const START = 128

/** The arrays of a `.npz` file, none of which is unpacked before it is asked for: see {@link openNpz}. */
export interface NpzArchive {
  /** Without `.npy`, in the order of the file; of arrays in a folder with its name, `data/x`. */
  readonly names: readonly string[]
  /** Files in the zip file that are no arrays, without folders and what Macs put there. */
  readonly others: readonly string[]
  /** Where scipy wrote the file: that its arrays are the parts of one sparse matrix, and how to save it otherwise. Else `null`. */
  readonly sparse: string | null
  /** What an array is, from its header. @throws for a name that is not there, and what is no `.npy` file */
  describe(name: string): Promise<ArrayDescription>
  /** @throws as `decodeNpz` does, for this array */
  read(name: string): Promise<ArrayData>
  /** The texts of an array of texts. @throws as `read` does, and for other arrays */
  readTexts(name: string): Promise<TextArray>
}

/** As `openNpz`, on behalf of an operation that errors name. */
export function openArchive(op: string, bytes: Uint8Array, maxBytes: number | undefined): NpzArchive {
  checkBytes(op, bytes)
  const entries = new Map<string, ZipEntry>()
  const others: string[] = []
  for (const entry of readZipDirectory(op, bytes)) {
    const { name } = entry
    if (isResourceFork(name) || name.endsWith('/')) continue
    if (name.endsWith(SUFFIX)) entries.set(name.slice(0, -SUFFIX.length), entry)
    else others.push(name)
  }
  if (entries.size === 0 && others.length > 0) {
    throw new Error(`${op}: expected files named *${SUFFIX} in the zip file, found ${kindOfZip(others)}`)
  }
  const names = [...entries.keys()]
  const isSparse = SPARSE.every((name) => entries.has(name)) && PLACES.some((name) => entries.has(name))
  const limit = unpackedLimit(bytes.length, maxBytes)
  /** What was unpacked, in the order in which it was: all of it together is bounded. */
  const taken = new Set<ZipEntry>()

  const find = (name: string): ZipEntry => {
    const entry = entries.get(name)
    if (entry === undefined) throw unknownName(op, name, names)
    return entry
  }
  const take = <T>(name: string, read: (op: string, content: Uint8Array) => T): Promise<T> => {
    const entry = find(name)
    taken.add(entry)
    checkUnpacked(op, taken, limit)
    return unpack(op, bytes, entry).then((content) => read(`${op}: ${quote(entry.name)}`, content))
  }
  return {
    names,
    others,
    sparse: isSparse ? SPARSE_ADVICE : null,
    async describe(name) {
      const entry = find(name)
      let start = await unpackStart(op, bytes, entry, START)
      const needed = headerBytes(start)
      if (needed > start.length) start = await unpackStart(op, bytes, entry, needed)
      return describeNpyFile(`${op}: ${quote(entry.name)}`, start)
    },
    read: async (name) => take(name, readNpy),
    readTexts: async (name) => take(name, readNpyTexts),
  }
}

/** Names that a message lists. */
const LISTED = 10

function unknownName(op: string, name: string, names: readonly string[]): Error {
  const like = likeliest(name, names)
  const hint = like === undefined ? '' : `; did you mean ${quote(like)}?`
  const known = names.slice(0, LISTED).map(quote).join(', ') || 'none'
  const more = names.length > LISTED ? `, … (${names.length})` : ''
  return new RangeError(`${op}: expected one of its arrays, ${known}${more}, got ${quote(name)}${hint}`)
}

/** Unpacking an entry stops at the size it says; so does this, before it is unpacked. @throws for too much in all */
function checkUnpacked(op: string, entries: Iterable<ZipEntry>, limit: UnpackedLimit): void {
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
