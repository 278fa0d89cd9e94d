/** One kind of record of a zip file: what it begins with, and its fields in order, by their bytes. */
export interface Layout<F extends string> {
  readonly name: string
  readonly signature: number
  readonly fields: Readonly<Record<F, 2 | 4 | 8>>
  readonly length: number
}

/** The values of a record; 64 bits as the nearest number, which is exact wherever files end. */
export type Values<L> = L extends Layout<infer F> ? Record<F, number> : never

/** How the bytes of an entry are kept. */
export const methods = { stored: 0, deflated: 8 } as const

const SIGNATURE_BYTES = 4

/** Before the data of an entry. After it: the name and the extra fields. */
export const localHeader = layout('a local header', 0x04034b50, {
  version: 2,
  flags: 2,
  method: 2,
  time: 2,
  date: 2,
  crc: 4,
  packedSize: 4,
  size: 4,
  nameLength: 2,
  extraLength: 2,
})

/** An entry of the central directory. After it: the name, the extra fields and a comment. */
export const centralHeader = layout('a central directory header', 0x02014b50, {
  madeBy: 2,
  version: 2,
  flags: 2,
  method: 2,
  time: 2,
  date: 2,
  crc: 4,
  packedSize: 4,
  size: 4,
  nameLength: 2,
  extraLength: 2,
  commentLength: 2,
  disk: 2,
  internal: 2,
  external: 4,
  offset: 4,
})

/** Where the central directory is. After it: a comment, and the end of the file. */
export const endRecord = layout('an end record', 0x06054b50, {
  disk: 2,
  directoryDisk: 2,
  countHere: 2,
  count: 2,
  size: 4,
  offset: 4,
  commentLength: 2,
})

/** The same for numbers that do not fit; `rest` counts the bytes after itself. */
export const zip64End = layout('a zip64 end record', 0x06064b50, {
  rest: 8,
  madeBy: 2,
  version: 2,
  disk: 4,
  directoryDisk: 4,
  countHere: 8,
  count: 8,
  size: 8,
  offset: 8,
})

/** Right before the end record: where the zip64 end record is. */
export const zip64Locator = layout('a zip64 locator', 0x07064b50, { disk: 4, offset: 8, disks: 4 })

function layout<F extends string>(name: string, signature: number, fields: Record<F, 2 | 4 | 8>): Layout<F> {
  const length = Object.values<number>(fields).reduce((sum, bytes) => sum + bytes, SIGNATURE_BYTES)
  return { name, signature, fields, length }
}

/** Whether a record of this kind begins at a byte. */
export const isAt = (bytes: Uint8Array, at: number, { signature, length }: Layout<string>): boolean =>
  at >= 0 && at + length <= bytes.length && viewOf(bytes).getUint32(at, true) === signature

/** @throws naming the byte unless a whole record of this kind begins there. */
export function readRecord<F extends string>(
  op: string,
  bytes: Uint8Array,
  at: number,
  expected: Layout<F>,
): Record<F, number> {
  if (at + expected.length > bytes.length) {
    const length = bytes.length
    throw new RangeError(
      `${op}: expected ${expected.name} of ${expected.length} bytes at byte ${at}, found the end at byte ${length}`,
    )
  }
  const view = viewOf(bytes)
  const signature = view.getUint32(at, true)
  if (signature !== expected.signature) {
    throw new Error(
      `${op}: expected ${expected.name} (${hexadecimal(expected.signature)}) at byte ${at}, found ${hexadecimal(signature)}`,
    )
  }
  const values = {} as Record<F, number>
  let position = at + SIGNATURE_BYTES
  for (const field of Object.keys(expected.fields) as F[]) {
    values[field] = readNumber(view, position, expected.fields[field])
    position += expected.fields[field]
  }
  return values
}

/** The bytes of a record. */
export function writeRecord<F extends string>(
  of: Layout<F>,
  values: Readonly<Record<F, number>>,
): Uint8Array {
  const bytes = new Uint8Array(of.length)
  const view = viewOf(bytes)
  view.setUint32(0, of.signature, true)
  let position = SIGNATURE_BYTES
  for (const field of Object.keys(of.fields) as F[]) {
    if (of.fields[field] === 2) view.setUint16(position, values[field], true)
    else view.setUint32(position, values[field], true)
    position += of.fields[field]
  }
  return bytes
}

export function readNumber(view: DataView, at: number, bytes: 2 | 4 | 8): number {
  if (bytes === 2) return view.getUint16(at, true)
  const low = view.getUint32(at, true)
  return bytes === 4 ? low : low + 2 ** 32 * view.getUint32(at + 4, true)
}

export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export const hexadecimal = (word: number): string => `0x${word.toString(16).padStart(8, '0')}`
