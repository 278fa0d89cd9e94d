import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { likeliest, unpackedLimit } from '@facet/tensor/checks'
import { fail, type Source } from '../samples/source.ts'

/** A file whose bytes come in pieces, unzipped where it is zipped. */
export interface OpenFile {
  /** Bytes, where that is known before they are read. */
  readonly size: number | undefined
  /** Where it is zipped: the bytes that it may unpack to. */
  readonly limit: number | undefined
  /** The first bytes, enough to tell formats apart; they come again in `chunks`. */
  readonly head: Uint8Array
  readonly chunks: AsyncIterable<Uint8Array>
  /** Gives the file back, read to its end or not. */
  readonly close: () => Promise<unknown>
}

/** Bytes read at a time. */
const PIECE = 1 << 18

/**
 * Opens a file for as long as `use` takes.
 *
 * @param maxBytes that it may unpack to, in place of the default of {@link unpackedLimit}
 * @throws as {@link openFile} and `use` do
 */
export async function withFile<T>(
  source: Source,
  use: (file: OpenFile) => Promise<T>,
  maxBytes?: number,
): Promise<T> {
  const file = await openFile(source, maxBytes)
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}

/** @throws for what is missing (with the nearest name of the folder), a folder, an empty file and a gzip file that is none */
async function openFile(source: Source, maxBytes: number | undefined): Promise<OpenFile> {
  const facts = await stat(source.name).catch((error: NodeJS.ErrnoException) => missing(source, error))
  if (facts.isDirectory()) fail(source, '', 'expected a file, got a folder')
  if (!facts.isFile() && !facts.isFIFO()) fail(source, '', 'expected a file, got a device or socket')
  const pieces = createReadStream(source.name, { highWaterMark: PIECE })[Symbol.asyncIterator]()
  const file = await started(pieces, facts.isFile() ? facts.size : undefined)
  try {
    const { head } = file
    if (head.length === 0) fail(source, '', 'expected data, got an empty file')
    if (isGzip(head)) return await unzipped(source, file, maxBytes)
    if (/\.gz$/i.test(source.name)) fail(source, 'byte 0', 'expected a gzip file (1f 8b), found other bytes')
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b

async function unzipped(source: Source, file: OpenFile, maxBytes: number | undefined): Promise<OpenFile> {
  const pieces = gunzipped(source, file, maxBytes)[Symbol.asyncIterator]()
  const opened = await started(pieces, undefined, unpackedLimit(file.size ?? 0, maxBytes).bytes)
  if (!isGzip(opened.head)) return opened
  await opened.close()
  return fail(source, '', 'expected data in the gzip file, found another gzip file; unpack it once')
}

/** An open file out of its pieces, the first of which are read. */
async function started(
  pieces: AsyncIterator<Uint8Array>,
  size: number | undefined,
  limit?: number,
): Promise<OpenFile> {
  const head = await firstPiece(pieces)
  const chunks = async function* () {
    yield head
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value
  }
  return { size, limit, head, chunks: chunks(), close: async () => pieces.return?.() }
}

async function missing(source: Source, error: NodeJS.ErrnoException): Promise<never> {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') fail(source, '', error.message)
  const names = await readdir(dirname(source.name)).catch(() => null)
  if (names === null)
    return fail(source, '', `expected a file, got nothing there: no folder ${dirname(source.name)}`)
  const like = likeliest(basename(source.name), names)
  return fail(
    source,
    '',
    `expected a file, got nothing there${like === undefined ? '' : `; did you mean '${like}'?`}`,
  )
}

/** Bytes that are enough to tell formats apart, or all there are. */
const HEAD = 512

async function firstPiece(pieces: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const taken: Uint8Array[] = []
  for (let length = 0; length < HEAD; ) {
    const next = await pieces.next()
    if (next.done) break
    taken.push(next.value)
    length += next.value.length
  }
  return taken.length === 1 ? taken[0] : Buffer.concat(taken)
}

/** What zlib says, and what that means for a file whose first two bytes are right. */
const gzipErrors: Readonly<Record<string, string>> = {
  'unexpected end of file': 'found the end of the file: it is cut off',
  'incorrect header check': 'found bytes after the end of the compressed data that are no gzip',
  'incorrect data check': 'found data that do not fit their checksum',
  'incorrect length check': 'found data that are longer or shorter than they say',
}

/** More came out of a gzip file than may. */
class TooLarge extends Error {}

/**
 * One member or several, one after the other; what is too much is never held.
 *
 * @throws for what is cut off, damaged, followed by anything else, or larger than {@link unpackedLimit} lets it be
 */
async function* gunzipped(
  source: Source,
  { size, chunks: zipped }: OpenFile,
  maxBytes: number | undefined,
): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: PIECE })
  let given = 0
  /** Where the last byte that is not zero ends: tapes and some servers pad files with zeros. */
  let end = 0
  const counted = async function* () {
    for await (const chunk of zipped) {
      let last = chunk.length
      while (last > 0 && chunk[last - 1] === 0) last--
      if (last > 0) end = given + last
      given += chunk.length
      yield chunk
    }
  }
  // Errors of either end reach whoever reads from gunzip.
  pipeline(counted, gunzip, () => {})
  let taken = 0
  try {
    for await (const chunk of gunzip as AsyncIterable<Uint8Array>) {
      taken += chunk.length
      // Of a pipe nobody knows the size: what has come of it counts.
      const limit = unpackedLimit(size ?? given, maxBytes)
      if (taken > limit.bytes) throw new TooLarge(limit.words)
      yield chunk
    }
  } catch (error) {
    if (error instanceof TooLarge)
      fail(source, '', `expected a gzip file that unpacks to ${error.message}, found more`)
    const { message } = error as Error
    fail(source, '', `expected a gzip file, ${gzipErrors[message] ?? `found ${message}`}`)
  }
  // zlib takes zeros after a member for padding and reads no further.
  const { bytesWritten } = gunzip
  if (bytesWritten < end) {
    fail(source, `byte ${bytesWritten}`, `expected a gzip file, ${gzipErrors['incorrect header check']}`)
  }
}
