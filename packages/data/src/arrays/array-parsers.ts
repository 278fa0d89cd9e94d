import { type ArrayDescription, decodeNpy, describeNpy, type NpzArchive, openNpz } from '@facet/tensor'
import { likeliest, MOST_BYTES } from '@facet/tensor/checks'
import { joined } from '../samples/joined.ts'
import type { ParsedSamples, SamplesParser } from '../samples/samples.ts'
import { fail, type Source, shown } from '../samples/source.ts'
import type { Column } from '../table/column.ts'
import { expectLabels, type Labels, numberLabels, textLabels } from './array-labels.ts'
import { type ArrayOptions, arrayRows, expectTable } from './array-rows.ts'
import { shownArray } from './shown-array.ts'

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
  return fail(source, '', (error as Error).message.replace(/^(decodeNpy|describeNpy|openNpz): /, ''))
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
    const source = this.#source
    const bytes = this.#file.take()
    const read = <T>(reader: (bytes: Uint8Array) => T): T => {
      try {
        return reader(bytes)
      } catch (error) {
        return rethrow(source, error)
      }
    }
    const found = read(describeNpy)
    if (found.reads === 'numbers') expectTable(source, '', found)
    const array = read(decodeNpy)
    return arrayRows({ source, what: '', type: found.type, array, labels: null, notes: [] }, this.#options)
  }
}

export interface NpzParserOptions extends ArrayOptions {
  /** Which array; default the only one of rank 2 or more. */
  readonly array?: string
  /** The array of labels; default none. */
  readonly labels?: string
  /** Where a model expects columns, the labels may be missing. */
  readonly expected?: readonly Column[]
  /** What all arrays together may unpack to; default as {@link decodeNpz} has it. */
  readonly maxBytes?: number
}

/** More arrays than this are not looked into for the one that is meant. */
const LOOKED_AT = 1000

/** An array of a file and what it is; `null` where its header cannot be read. */
type Found = readonly [name: string, is: ArrayDescription | null]

/** Whether an array is called so, or so in a folder. */
const isNamed =
  (name: string) =>
  (candidate: string): boolean =>
    candidate === name || candidate.endsWith(`/${name}`)

/** Reads one array of a `.npz` file, and labels from another. The others may be of any type and size, and damaged. */
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
    const source = this.#source
    const { array, labels, expected, maxBytes } = this.#options
    const file = await this.#try(() => openNpz(this.#file.take(), { maxBytes }))
    const isSpared = expected !== undefined && labels !== undefined && !file.names.some(isNamed(labels))
    const labelName = labels === undefined || isSpared ? undefined : this.#pick(file, 'labels', labels)
    const name = array === undefined ? await this.#only(file, labelName) : this.#pick(file, 'array', array)
    const what = `array ${shown(name)}`
    const is = await this.#try(() => file.describe(name))
    if (is.reads === 'numbers') {
      if (file.sparse !== null && is.shape.length < 2)
        fail(source, what, `expected samples, an array [n, d], found ${file.sparse}`)
      expectTable(source, what, is)
    }
    const samples = await this.#try(() => file.read(name))
    return arrayRows(
      {
        source,
        what,
        type: is.type,
        array: samples,
        labels: labelName === undefined ? null : await this.#labels(file, labelName, samples.shape[0]),
        notes: notesOf(file, name, is, labelName),
      },
      this.#options,
    )
  }

  async #try<T>(does: () => T | Promise<T>): Promise<T> {
    try {
      return await does()
    } catch (error) {
      return rethrow(this.#source, error)
    }
  }

  async #labels(file: NpzArchive, name: string, n: number): Promise<Labels> {
    const source = this.#source
    const is = await this.#try(() => file.describe(name))
    expectLabels(source, n, is)
    if (is.reads === 'nothing') {
      fail(source, 'labels', `expected whole numbers or texts, found ${shownArray(is)}; save y.astype(str)`)
    }
    return is.reads === 'texts'
      ? textLabels(source, await this.#try(() => file.readTexts(name)))
      : numberLabels(source, await this.#try(() => file.read(name)))
  }

  /**
   * The only array of numbers with rows and columns: that of labels not counted, and a single column (y of [n, 1]) only where
   * there is nothing else.
   */
  async #only(file: NpzArchive, labels: string | undefined): Promise<string> {
    if (file.sparse !== null) fail(this.#source, '', `expected one array [n, d], found ${file.sparse}`)
    if (file.names.length > LOOKED_AT) {
      const count = file.names.length
      fail(this.#source, '', `expected one array [n, d], found ${count} arrays; name one by the option array`)
    }
    const found: Found[] = []
    for (const name of file.names) found.push([name, await file.describe(name).catch(() => null)])
    const others = found.filter(([name]) => name !== labels)
    const tables = others.filter(([, is]) => is?.reads === 'numbers' && is.shape.length >= 2)
    const wide = tables.filter(([, is]) => is?.shape.slice(1).some((axis) => axis !== 1))
    const meant = wide.length === 1 ? wide : tables
    if (meant.length === 1) return meant[0][0]
    // What is wrong with the only array it says best itself.
    if (others.length === 1) return others[0][0]
    const list = found.map(([name, is]) => `${shown(name)} ${is ? shownArray(is) : '(damaged)'}`)
    const hint = tables.length > 1 ? '; name one by the option array' : ''
    return fail(
      this.#source,
      '',
      `expected one array [n, d], found ${list.length === 0 ? 'no arrays' : some(list)}${hint}`,
    )
  }

  /** An array by its name, or by its name in the only folder that has one of it. */
  #pick({ names }: NpzArchive, option: string, name: string): string {
    if (names.includes(name)) return name
    const inFolders = names.filter((candidate) => candidate.endsWith(`/${name}`))
    if (inFolders.length === 1) return inFolders[0]
    const like = likeliest(name, names)
    const hint = like === undefined ? '' : `; did you mean ${shown(like)}?`
    return fail(
      this.#source,
      '',
      `${option}: expected one of ${some(names.map(shown))}, got ${shown(name)}${hint}`,
    )
  }
}

/** What is read, and what is left out. */
function notesOf(
  { names, others }: NpzArchive,
  name: string,
  is: ArrayDescription,
  labels: string | undefined,
): string[] {
  const rest = names.filter((other) => other !== name && other !== labels)
  return [
    ...(rest.length > 0
      ? [`array ${shown(name)} ${shownArray(is)} is read, ${some(rest.map(shown))} not`]
      : []),
    ...(others.length > 0 ? [`${some(others.map(shown))} in the zip file: no array, not read`] : []),
  ]
}
