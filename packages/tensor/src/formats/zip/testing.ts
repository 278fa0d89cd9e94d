import { viewOf } from './records.ts'

/** A zip file taken apart, to be put together wrongly. */
export interface Parts {
  /** Local headers and data. */
  data: Uint8Array
  directory: Uint8Array
  end: Uint8Array
}

/** Where a field is in its record; a signature is at 0. */
export const local = {
  flags: 6,
  method: 8,
  crc: 14,
  packedSize: 18,
  size: 22,
  nameLength: 26,
  extraLength: 28,
  name: 30,
}
export const central = {
  flags: 8,
  method: 10,
  crc: 16,
  packedSize: 20,
  size: 24,
  nameLength: 28,
  extraLength: 30,
  commentLength: 32,
  disk: 34,
  offset: 42,
  name: 46,
}
export const end = { disk: 4, countHere: 8, count: 10, size: 12, offset: 16, commentLength: 20 }

export function takeApart(bytes: Uint8Array): Parts {
  const at = bytes.length - 22
  const begin = viewOf(bytes).getUint32(at + end.offset, true)
  return { data: bytes.slice(0, begin), directory: bytes.slice(begin, at), end: bytes.slice(at) }
}

export const join = (...pieces: readonly ArrayLike<number>[]): Uint8Array =>
  Uint8Array.from(pieces.flatMap((piece) => Array.from(piece)))

/** The parts as a file whose end record says where they are. */
export function putTogether({ data, directory, end: last }: Parts, count?: number): Uint8Array {
  const record = last.slice()
  set16(record, end.countHere, count ?? viewOf(last).getUint16(end.count, true))
  set16(record, end.count, count ?? viewOf(last).getUint16(end.count, true))
  set32(record, end.size, directory.length)
  set32(record, end.offset, data.length)
  return join(data, directory, record)
}

export const set16 = (bytes: Uint8Array, at: number, value: number): void =>
  viewOf(bytes).setUint16(at, value, true)

export const set32 = (bytes: Uint8Array, at: number, value: number): void =>
  viewOf(bytes).setUint32(at, value, true)

/** Numbers as their bytes, low ones first. */
export const littleEndian = (value: number, bytes: 1 | 2 | 4 | 8): number[] =>
  Array.from({ length: bytes }, (_, i) => Math.floor(value / 256 ** i) % 256)
