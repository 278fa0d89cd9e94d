import { unpackedLimit } from '@facet/tensor/checks'
import { CsvParser, type CsvParserOptions } from '../csv/csv-parser.ts'
import type { ParsedSamples, SamplesParser } from '../samples/samples.ts'
import { fail, type Source, shown } from '../samples/source.ts'
import type { Column } from '../table/column.ts'
import { Lines } from '../text/lines.ts'
import { type Attribute, attributeIn, wordAt } from './attributes.ts'

/** Longest line before `@data`. */
const HEADER_LINE = 2 ** 20

const NEWLINE = Uint8Array.of(10)

/** Bytes that take a row apart by its letters: # ' " % \ { */
const special = new Set([35, 39, 34, 37, 92, 123])
const COMMA = 44

const className = /^(class|target|label)s?$/i

/** Notes of a table that speak of its lines, which an ARFF file has others of. */
const ofLines = /header|empty line|comment line|parted by/

/** Fewer values are hardly a series. */
const SHORTEST_SERIES = 8

/** Whether names are those of the archives of series: att0, att1, … */
function arePositions(names: readonly string[]): boolean {
  const [first, ...others] = names.map((name) =>
    Number(/^att(?:ribute)?_?(\d+)$/i.exec(name)?.[1] ?? Number.NaN),
  )
  return names.length >= SHORTEST_SERIES && others.every((position, i) => position === first + i + 1)
}

export interface ArffParserOptions extends CsvParserOptions {
  readonly maxBytes?: number
}

/**
 * Reads ARFF, the form of Weka and of the archives, as it comes: a table whose header is written otherwise. Its rows go through the reader of tables, line by
 * line, so that columns, conditions and missing values (`?`) are what they are there. Labels are, where the options say nothing, the last attribute if it is
 * nominal, else a nominal one called class, target or label. Sparse rows are filled up with zeros. Attributes called att0, att1, … are the positions of a
 * series, as in the UCR archive, and have no names then.
 */
export class ArffParser implements SamplesParser {
  readonly #source: Source
  readonly #options: ArffParserOptions
  readonly #lines: Lines
  readonly #attributes: Attribute[] = []
  #table: CsvParser | null = null
  #note: readonly string[] = []
  #read = 0
  #filled = 0

  constructor(source: Source, options: ArffParserOptions) {
    this.#source = source
    this.#options = options
    this.#lines = new Lines(
      source,
      (bytes, from, to, line) => {
        if (this.#table === null) this.#takeHeader(bytes.subarray(from, to), line)
        else this.#takeRow(this.#table, bytes.subarray(from, to), line)
      },
      { returns: true },
    )
  }

  push(chunk: Uint8Array): void {
    this.#read += chunk.length
    this.#lines.push(chunk)
  }

  end(): ParsedSamples {
    this.#lines.end()
    if (this.#table === null)
      return fail(this.#source, '', 'expected a line @data, found the end of the file')
    const parsed = this.#table.end()
    const notes = [...this.#note, ...parsed.notes.filter((note) => !ofLines.test(note))]
    const { columns } = parsed
    if (columns === null || !arePositions(columns)) return { ...parsed, notes }
    notes.push(`the attributes ${columns[0]} to ${columns.at(-1)} are a series in each row`)
    return { ...parsed, columns: null, notes }
  }

  #takeHeader(bytes: Uint8Array, line: number): void {
    const place = `line ${line}`
    if (bytes.length > HEADER_LINE) {
      fail(this.#source, place, `expected a line of the header or @data, got ${bytes.length} bytes`)
    }
    const text = new TextDecoder().decode(bytes).trim()
    if (text === '' || text.startsWith('%')) return
    const [tag] = text.split(/\s/, 1)
    const rest = text.slice(tag.length).trim()
    switch (tag.toLowerCase()) {
      // KEEL names its features and its labels once more.
      case '@relation':
      case '@inputs':
      case '@input':
      case '@outputs':
      case '@output':
        return
      case '@attribute':
        this.#attributes.push(attributeIn(this.#source, line, rest))
        return
      case '@data':
        this.#begin(line)
        return
      default:
        fail(this.#source, place, `expected @relation, @attribute or @data, got ${shown(text)}`)
    }
  }

  #begin(line: number): void {
    if (this.#attributes.length === 0) {
      fail(this.#source, `line ${line}`, 'expected an @attribute before @data, got none')
    }
    const table = new CsvParser(this.#source, { ...this.#options, header: 'yes', ...this.#roles() })
    // Lines keep their numbers: those of the header are empty, the names stand in that of @data.
    table.push(new Uint8Array(line - 1).fill(NEWLINE[0]))
    table.push(this.#row(this.#attributes.map(({ name }) => name)))
    this.#table = table
  }

  /** The class is the label, and where no labels are wanted no feature. */
  #roles(): Pick<CsvParserOptions, 'labels' | 'drop'> {
    const { labels, drop = [], columns, id = [], time, group, expected } = this.#options
    const count = this.#attributes.length
    const isNominal = ({ kind }: Attribute): boolean => kind === 'nominal'
    const last = this.#attributes.findLastIndex(
      (attribute) => isNominal(attribute) && className.test(attribute.name),
    )
    const index = isNominal(this.#attributes[count - 1]) ? count - 1 : last
    if ((labels !== undefined && labels !== 'none') || index < 0) return {}
    const { name } = this.#attributes[index]
    const is = (column: Column | undefined): boolean =>
      column === name || column === index || column === index - count
    if ([...drop, ...id, time, group, ...(columns ?? []), ...(expected ?? [])].some(is)) return {}
    if (labels === 'none') return columns || expected ? {} : { drop: [...drop, index] }
    this.#note = [`labels are the attribute ${shown(name)}`]
    return { labels: index }
  }

  #takeRow(table: CsvParser, bytes: Uint8Array, line: number): void {
    if (
      bytes.some((byte) => special.has(byte)) ||
      !(bytes.includes(COMMA) || this.#attributes.length === 1)
    ) {
      table.push(this.#rewritten(new TextDecoder().decode(bytes).trim(), line))
    } else {
      table.push(bytes)
      table.push(NEWLINE)
    }
  }

  /** A row as a line of a table. */
  #row(fields: readonly string[]): Uint8Array {
    const texts = fields.map((field) =>
      /^[\w.+?-]+$/.test(field) ? field : `"${field.replaceAll('"', '""')}"`,
    )
    return new TextEncoder().encode(`${texts.join(',')}\n`)
  }

  #rewritten(text: string, line: number): Uint8Array {
    if (text === '' || text.startsWith('%')) return NEWLINE
    if (text.startsWith('{')) return this.#row(this.#sparse(text, line))
    // A weight of the row, in braces behind it.
    const row = text.replace(/[\s,]*\{[^{}]*\}$/, '')
    const fields: string[] = []
    for (let at = 0; at <= row.length; ) {
      while (row[at] === ' ' || row[at] === '\t') at++
      const found = wordAt(row, at)
      if (found === null && at < row.length && row[at] !== ',') {
        return fail(
          this.#source,
          `line ${line}`,
          `expected values parted by commas, got ${shown(row.slice(at))}`,
        )
      }
      if (found === null && at >= row.length && !row.trimEnd().endsWith(',')) break
      fields.push(found?.word ?? '')
      at = found?.end ?? at
      while (row[at] === ' ' || row[at] === '\t') at++
      if (row[at] === ',') at++
      else if (at >= row.length) break
    }
    return this.#row(fields)
  }

  /** `{index value, …}` @throws for an index that is none, and for rows that fill up to more than a packed file may */
  #sparse(text: string, line: number): string[] {
    const fields = this.#attributes.map(({ left }) => left)
    this.#filled += fields.length * 8
    const limit = unpackedLimit(this.#read, this.#options.maxBytes)
    if (this.#filled > limit.bytes) {
      fail(this.#source, `line ${line}`, `expected sparse rows that fill up to ${limit.words}, found more`)
    }
    for (let at = 1; at < text.length; ) {
      while (at < text.length && /[\s,]/.test(text[at])) at++
      if (text[at] === '}') return fields
      const index = wordAt(text, at)
      const value = index && wordAt(text, text.slice(index.end).search(/\S/) + index.end)
      if (!index || !value || !/^\d{1,9}$/.test(index.word) || Number(index.word) >= fields.length) {
        fail(
          this.#source,
          `line ${line}`,
          `expected {index value, …} with indices from 0 to ${fields.length - 1}, got ${shown(text.slice(at))}`,
        )
      }
      fields[Number(index.word)] = value.word
      at = value.end
    }
    return fail(this.#source, `line ${line}`, 'expected a closing }, found the end of the line')
  }
}
