import { basename } from 'node:path'
import type { SamplesFormat } from '../samples/samples.ts'
import { fail, listed, type Source } from '../samples/source.ts'
import { type Beginning, foreignKinds, type Kind } from './foreign-kinds.ts'
import type { OpenFile } from './open-file.ts'
import { zipNames } from './zip-names.ts'

/** Bytes by which kinds are told. A tar file has its mark at byte 257, an HDF5 file of MATLAB at 512, names of a zip file lie further on. */
const JUDGED = 1 << 16

/** A kind of file that is not read, or `null`. */
function foreignKind(beginning: Beginning): Kind | null {
  return (
    foreignKinds.find(({ is }) => (typeof is === 'function' ? is(beginning) : is.test(beginning.text))) ??
    null
  )
}

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')

/**
 * Whether these bytes may be samples at all.
 *
 * @param format that the file is read as, where that is settled: an `npz` is a zip file
 * @throws for a kind of file that is none of samples, naming it and what to do
 */
export function expectNative(
  source: Source,
  { head, size }: Pick<OpenFile, 'head' | 'size'>,
  format: SamplesFormat | null,
): void {
  const bytes = head.subarray(0, JUDGED)
  const text = latin1(bytes)
  const members = zipNames(text)
  const name = basename(source.name).replace(/\.gz$/i, '')
  if (members !== null && (format === 'npz' || members.some((member) => /\.npy$/.test(member)))) return
  // In a binary file a letter may be any number.
  if (format === 'idx' && text.startsWith('\0\0')) return
  const kind = foreignKind({ text, bytes, name, size, members })
  if (kind === null) return
  const inside = members && members.length > 0 ? `, in it ${listed(members)}` : ''
  fail(source, '', `expected samples, found ${kind.what}${inside}; ${kind.todo}`)
}
