import { joined } from '../samples/joined.ts'
import { fail, type Source } from '../samples/source.ts'
import { type IdxItem, idxItems } from './idx-items.ts'

/** What an IDX file says before its numbers. */
export interface IdxHeader {
  readonly item: IdxItem
  /** `[n, …]`: the size of the first axis is the number of samples. */
  readonly sizes: readonly number[]
  /** Bytes of the header. */
  readonly bytes: number
  /** Numbers of one sample. */
  readonly length: number
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join(' ')

/** Collects the header, however the bytes come. */
export class IdxHeaderReader {
  readonly #source: Source
  #bytes: Uint8Array = new Uint8Array(0)

  constructor(source: Source) {
    this.#source = source
  }

  /** @returns the header and what of the bytes follows it, or `null` while it is not whole */
  push(chunk: Uint8Array): { readonly header: IdxHeader; readonly rest: Uint8Array } | null {
    const held = this.#bytes.length
    // At most 255 axes: the chunk is not copied for a header.
    this.#bytes = joined([this.#bytes, chunk.subarray(0, 4 + 4 * 255)])
    const header = this.#read()
    return header && { header, rest: chunk.subarray(header.bytes - held) }
  }

  /** @throws as the file ends within its header */
  end(): never {
    return fail(
      this.#source,
      `byte ${this.#bytes.length}`,
      'expected an IDX header (4 bytes and 4 for every axis), found the end of the file',
    )
  }

  #read(): IdxHeader | null {
    const bytes = this.#bytes
    if (bytes.length < 4) return null
    const [zero, alsoZero, type, rank] = bytes
    const item = idxItems[type]
    if (zero !== 0 || alsoZero !== 0 || !item) {
      return fail(
        this.#source,
        'byte 0',
        `expected the magic number of an IDX file (00 00, a type 08 09 0b 0c 0d 0e, the rank), found ${hex(bytes.subarray(0, 4))}`,
      )
    }
    if (rank === 0) fail(this.#source, 'byte 3', 'expected at least one axis, found rank 0')
    const size = 4 + 4 * rank
    if (bytes.length < size) return null
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    const sizes = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis))
    const length = sizes.slice(1).reduce((product, axis) => product * axis, 1)
    const empty = sizes.indexOf(0)
    if (empty >= 0)
      fail(this.#source, `byte ${4 + 4 * empty}`, `expected samples, found sizes ${sizes.join(' × ')}`)
    return { item, sizes, bytes: size, length }
  }
}
