import type { FloatDType } from '../dataset.ts'
import { LabelConditions } from '../samples/label-conditions.ts'
import type { RowSample } from '../samples/row-choice.ts'
import { greyImage, RowTable } from '../samples/row-table.ts'
import type { ParsedSamples, SamplesParser } from '../samples/samples.ts'
import { fail, type Source } from '../samples/source.ts'
import type { Condition } from '../table/condition.ts'
import { boundOf, largeHint } from '../text/number-row.ts'
import { type IdxHeader, IdxHeaderReader } from './idx-header.ts'
import { Records } from './records.ts'

export interface IdxParserOptions {
  /** Default float32 where all numbers of the file's type are exact in it, else float64. */
  readonly dtype?: FloatDType
  readonly sample?: RowSample
  readonly where?: readonly Condition[]
  /** The labels of the samples, from a file of their own. */
  readonly labels?: Labels
  /** Bytes of the file where they are known: a header that promises another number is refused before its samples are read. */
  readonly size?: number
  /** `samples` (default) are of rank 2 and more, `labels` of rank 1. */
  readonly holds?: 'samples' | 'labels'
}

/** A class for each sample of a file, and the file that they come from. */
export interface Labels {
  readonly source: Source
  readonly values: Int32Array
}

/**
 * Reads an IDX file as it comes. Images of bytes, `[n, height, width]`, become pixels in [0, 1]; other numbers stay what
 * they are. Nothing is allocated by the header's word: memory grows with the bytes that come.
 */
export class IdxParser implements SamplesParser {
  readonly #source: Source
  readonly #options: IdxParserOptions
  readonly #reader: IdxHeaderReader
  #header: IdxHeader | null = null
  #records: Records | null = null
  #table: RowTable | null = null
  #bytes = 0

  constructor(source: Source, options: IdxParserOptions) {
    this.#source = source
    this.#options = options
    this.#reader = new IdxHeaderReader(source)
  }

  push(chunk: Uint8Array): void {
    this.#bytes += chunk.length
    const { records, rest } = this.#records ? { records: this.#records, rest: chunk } : this.#read(chunk)
    if (records) this.#push(records, rest)
  }

  end(): ParsedSamples {
    const [header, table] = [this.#header, this.#table]
    if (header === null) return this.#reader.end()
    if (table === null || table.seen + table.passed < header.sizes[0]) {
      return this.#wrongSize(header, `found the end at byte ${this.#bytes}`)
    }
    const { sizes, item } = header
    const image = sizes.length === 3 ? greyImage(sizes[1], sizes[2]) : null
    return table.finish(this.#dtypeOf(header), { image }, image && item.name === 'ubyte' ? 255 : 1)
  }

  /** The header out of the first bytes, once it is whole. */
  #read(chunk: Uint8Array): { readonly records: Records | null; readonly rest: Uint8Array } {
    const read = this.#reader.push(chunk)
    if (read === null) return { records: null, rest: chunk }
    this.#header = read.header
    return { records: this.#begin(read.header), rest: read.rest }
  }

  #push(records: Records, chunk: Uint8Array): void {
    const header = this.#header as IdxHeader
    const end = header.bytes + header.sizes[0] * header.length * header.item.bytes
    if (this.#bytes > end) this.#wrongSize(header, 'found more')
    records.push(chunk)
  }

  #begin(header: IdxHeader): Records {
    const { item, sizes, length } = header
    const { sample, size, holds = 'samples', labels, where } = this.#options
    this.#expectRank(header, holds)
    if (labels && labels.values.length !== sizes[0]) {
      fail(
        labels.source,
        '',
        `expected ${sizes[0]} labels as there are samples, found ${labels.values.length}`,
      )
    }
    const conditions = LabelConditions.of(this.#source, where, labels !== undefined)
    if (size !== undefined && size !== header.bytes + sizes[0] * length * item.bytes) {
      this.#wrongSize(header, `the file has ${size}`)
    }
    const storage =
      item.name === 'ubyte' ? Uint8Array : this.#dtypeOf(header) === 'float32' ? Float32Array : Float64Array
    const read = item.name === 'ubyte' ? (record: Uint8Array) => record : this.#decoder(header)
    const records = new Records(length * item.bytes, header.bytes, (record, at) => {
      this.#table ??= new RowTable({ length, storage, labelled: labels !== undefined, sample, conditions })
      const label = labels ? labels.values[this.#table.seen + this.#table.passed] : 0
      this.#table.add(read(record, at), label)
    })
    this.#records = records
    return records
  }

  #dtypeOf({ item }: IdxHeader): FloatDType {
    return this.#options.dtype ?? (item.isSingle ? 'float32' : 'float64')
  }

  #decoder(header: IdxHeader): (record: Uint8Array, at: number) => Float64Array {
    const { item, length } = header
    const bound = boundOf(this.#options.dtype)
    let row = new Float64Array(0)
    return (record, at) => {
      if (row.length === 0) row = new Float64Array(length)
      const view = new DataView(record.buffer, record.byteOffset, record.byteLength)
      for (let i = 0; i < length; i++) {
        row[i] = item.read(view, i * item.bytes)
        if (!(Math.abs(row[i]) < bound)) {
          fail(
            this.#source,
            `byte ${at + i * item.bytes}`,
            `expected a finite number, found ${row[i]} in sample ${Math.floor((at - header.bytes) / (length * item.bytes)) + 1}${largeHint(row[i])}`,
          )
        }
      }
      return row
    }
  }

  #expectRank({ sizes }: IdxHeader, holds: 'samples' | 'labels'): void {
    if (holds === 'labels' && sizes.length !== 1) {
      fail(
        this.#source,
        'byte 3',
        `expected labels, an IDX file of rank 1, found rank ${sizes.length} (${sizes.join(' × ')}): samples; are the two files swapped?`,
      )
    }
    if (holds === 'samples' && sizes.length === 1) {
      fail(
        this.#source,
        'byte 3',
        `expected samples, an IDX file of rank 2 or more, found rank 1: ${sizes[0]} labels, which belong to samples in a file of their own; name that file, and this one by the option labelsFile`,
      )
    }
  }

  #wrongSize({ sizes, length, item, bytes }: IdxHeader, found: string): never {
    const end = bytes + sizes[0] * length * item.bytes
    return fail(this.#source, '', `expected ${end} bytes for ${sizes.join(' × ')} of ${item.name}, ${found}`)
  }
}
