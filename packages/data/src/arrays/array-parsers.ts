import { type ArrayData, decodeNpy, decodeNpz } from '@facet/tensor'
import { likeliest, MOST_BYTES } from '@facet/tensor/checks'
import { joined } from '../samples/joined.ts'
import type { ParsedSamples, SamplesParser } from '../samples/samples.ts'
import { fail, type Source, shown } from '../samples/source.ts'
import { type ArrayOptions, arrayRows } from './array-rows.ts'

/** Arrays are decoded whole: their bytes are kept until the file ends. */
class WholeFile {
  readonly #source: Source
  #pieces: Uint8Array[] = []
  #length = 0

  constructor(source: Source) {
    this.#source = source
  }

  push(chunk: Uint8Array): void {
    this.#length += chunk.length
    if (this.#length > MOST_BYTES) {
      this.#pieces = []
      fail(this.#source, '', `expected at most ${MOST_BYTES} bytes, as arrays are held whole, found more`)
    }
    // A copy, which slice() of a Node Buffer is not.
    this.#pieces.push(new Uint8Array(chunk))
  }

  /** Hands the bytes over and forgets them. */
  take(): Uint8Array {
    const pieces = this.#pieces
    this.#pieces = []
    return joined(pieces)
  }
}

/** A decoder's error as one of this file: `decodeNpy: expected …` without its first word. */
function rethrow(source: Source, error: unknown): never {
  return fail(source, '', (error as Error).message.replace(/^decodeNp[yz]: /, ''))
}

/** Arrays that an error lists. */
const LISTED = 10

const some = (texts: readonly string[]): string =>
  texts.slice(0, LISTED).join(', ') + (texts.length > LISTED ? `, … (${texts.length})` : '')

/** Reads a `.npy` file: `[n, d]`, or more axes, of any dtype that `decodeNpy` reads. */
export class NpyParser implements SamplesParser {
  readonly #source: Source
  readonly #options: ArrayOptions
  readonly #file: WholeFile

  constructor(source: Source, options: ArrayOptions) {
    this.#source = source
    this.#options = options
    this.#file = new WholeFile(source)
  }

  push(chunk: Uint8Array): void {
    this.#file.push(chunk)
  }

  end(): ParsedSamples {
    return arrayRows(this.#source, '', this.#decode(), this.#options)
  }

  #decode(): ArrayData {
    try {
      return decodeNpy(this.#file.take())
    } catch (error) {
      return rethrow(this.#source, error)
    }
  }
}

export interface NpzParserOptions extends ArrayOptions {
  /** Which array; default the only one of rank 2 or more. */
  readonly array?: string
  /** The array of labels; default none. */
  readonly labels?: string
  /** What all arrays together may unpack to; default as {@link decodeNpz} has it. */
  readonly maxBytes?: number
}

/** Reads one array of a `.npz` file, and labels from another. */
export class NpzParser implements SamplesParser {
  readonly #source: Source
  readonly #options: NpzParserOptions
  readonly #file: WholeFile

  constructor(source: Source, options: NpzParserOptions) {
    this.#source = source
    this.#options = options
    this.#file = new WholeFile(source)
  }

  push(chunk: Uint8Array): void {
    this.#file.push(chunk)
  }

  async end(): Promise<ParsedSamples> {
    const { array, labels, maxBytes } = this.#options
    const arrays = await decodeNpz(this.#file.take(), { maxBytes }).catch((error) =>
      rethrow(this.#source, error),
    )
    const name = array ?? this.#only(arrays)
    const samples = this.#pick(arrays, 'array', name)
    const classes = labels === undefined ? null : this.#pick(arrays, 'labels', labels)
    return arrayRows(this.#source, `array ${shown(name)}`, samples, this.#options, classes)
  }

  #only(arrays: Readonly<Record<string, ArrayData>>): string {
    const tables = Object.keys(arrays).filter((name) => arrays[name].shape.length >= 2)
    if (tables.length === 1) return tables[0]
    const list = Object.entries(arrays).map(
      ([name, { dtype, shape }]) => `${shown(name)} ${dtype} [${shape.join(', ')}]`,
    )
    const found = list.length === 0 ? 'no arrays' : some(list)
    const hint = tables.length > 1 ? '; name one by the option array' : ''
    return fail(this.#source, '', `expected one array [n, d], found ${found}${hint}`)
  }

  #pick(arrays: Readonly<Record<string, ArrayData>>, option: string, name: string): ArrayData {
    if (Object.hasOwn(arrays, name)) return arrays[name]
    const names = Object.keys(arrays)
    const like = likeliest(name, names)
    const hint = like === undefined ? '' : `; did you mean ${shown(like)}?`
    return fail(
      this.#source,
      '',
      `${option}: expected one of ${some(names.map(shown))}, got ${shown(name)}${hint}`,
    )
  }
}
