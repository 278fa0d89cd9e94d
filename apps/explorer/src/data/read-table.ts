import { fitNormaliser, normaliseRows, type ParsedSamples, samplesParser } from '@facet/data'
import { crc32, scope, tensor } from '@facet/tensor'
import type { GivenRows } from '../run/data-facts.ts'
import { type FirstLook, firstLook } from './first-look.ts'
import { foreignKind } from './foreign-kind.ts'
import { fileLimits } from './limits.ts'

/** The column of labels: by its place, none, or the one that looks like it. */
export type LabelChoice = number | 'none' | 'auto'

/** A table that was read: rows that can be trained on, and what is to be said of them. */
export interface ReadTable {
  readonly rows: GivenRows
  /** Eight hexadecimal digits of the scaled rows. */
  readonly checksum: string
  /** Columns of the file, to choose the labels among. */
  readonly columns: readonly string[]
  readonly label: number | null
  /** In sentences. */
  readonly notes: readonly string[]
}

/** Bytes by which a file is judged. */
const HEAD = 2 ** 16

/** Names that an error lists. */
const SHOWN = 5

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

/**
 * Reads a table as it comes, keeps at most `fileLimits.rows` of its rows, drawn at random but always the same, and scales each column to mean 0 and
 * deviation 1. Needs `init`, and nothing of a page.
 *
 * @param chunks the bytes of the file
 * @param onBytes is told how many have been read
 * @throws Error in a sentence for the page that says what was expected and what came
 */
export async function readTable(
  chunks: AsyncIterable<Uint8Array>,
  { name, label: choice }: { readonly name: string; readonly label: LabelChoice },
  onBytes: (bytes: number) => void = () => {},
): Promise<ReadTable> {
  const iterator = chunks[Symbol.asyncIterator]()
  const { head, isWhole } = await headOf(iterator)
  expectText(name, head)
  const look = firstLook(new TextDecoder().decode(head.subarray(0, HEAD)), isWhole && head.length <= HEAD)
  expectColumns(name, look.columns.length)
  if (look.texts.length === look.columns.length) {
    throw new Error(
      `${name}: expected columns of numbers, got texts alone: ${look.columns.slice(0, SHOWN).join(', ')}`,
    )
  }
  const label = choice === 'auto' ? look.label : choice === 'none' ? null : choice
  const drop = look.texts.filter((column) => column !== label)
  try {
    const parser = samplesParser('csv', name, {
      ...(label !== null && { labels: label }),
      drop,
      missing: 'keep',
      dtype: 'float64',
      sample: { count: fileLimits.rows, seed: 0 },
    })
    let bytes = head.length
    parser.push(head)
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      parser.push(next.value)
      bytes += next.value.length
      onBytes(bytes)
    }
    return tableOf(name, await parser.end(), look, label, drop)
  } catch (error) {
    throw new Error((error as Error).message.replace(/^samplesParser: /, ''))
  }
}

async function headOf(
  iterator: AsyncIterator<Uint8Array>,
): Promise<{ readonly head: Uint8Array; readonly isWhole: boolean }> {
  const parts: Uint8Array[] = []
  let length = 0
  while (length < HEAD) {
    const { value, done } = await iterator.next()
    if (done) break
    parts.push(value)
    length += value.length
  }
  const head = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    head.set(part, at)
    at += part.length
  }
  return { head, isWhole: length < HEAD }
}

function expectText(name: string, head: Uint8Array): void {
  if (head.length === 0) throw new Error(`${name}: expected a table of numbers, got an empty file`)
  const kind = foreignKind(head)
  if (kind !== null) throw new Error(`${name}: expected a table of numbers as text (CSV), got ${kind}`)
}

function expectColumns(name: string, count: number): void {
  if (count <= fileLimits.columns) return
  throw new Error(
    `${name}: expected at most ${fileLimits.columns} columns, so that a step is fast enough to be watched, got ${count}`,
  )
}

function tableOf(
  name: string,
  parsed: ParsedSamples,
  look: FirstLook,
  label: number | null,
  drop: readonly number[],
): ReadTable {
  const { length, rowsInFile } = parsed
  expectColumns(name, length)
  const whole = completeRows(parsed)
  const count = whole.values.length / length
  const left = parsed.count - count
  if (count < 2) {
    const why = left > 0 ? `; ${counted(left, 'row lacks', 'rows lack')} a value` : ''
    throw new Error(
      `${name}: expected at least two rows to train on, got ${count === 0 ? 'none' : 'one'}${why}`,
    )
  }
  const values = scaled(name, whole.values, count, length)
  const names = parsed.columns ?? Array.from({ length }, (_, j) => `column ${j + 1}`)
  const constant = names.filter((_, j) => isConstant(values, j, length))
  if (constant.length === length) throw new Error(`${name}: expected values that vary, got equal rows`)
  return {
    rows: { values, width: length, labels: whole.labels, classes: parsed.classes, columns: parsed.columns },
    checksum: crc32(new Uint8Array(values.buffer)).toString(16).padStart(8, '0'),
    columns: look.columns,
    label,
    notes: [
      rowsInFile > parsed.count
        ? `${counted(parsed.count, 'row', 'rows')} of ${rowsInFile.toLocaleString('en')} were drawn at random.`
        : `${counted(rowsInFile, 'row', 'rows')} of ${counted(length, 'number', 'numbers')}.`,
      ...(left > 0
        ? [`${counted(left, 'row lacks', 'rows lack')} a value and ${left === 1 ? 'is' : 'are'} left out.`]
        : []),
      ...(drop.length > 0
        ? [`Texts are left out: ${drop.map((column) => look.columns[column]).join(', ')}.`]
        : []),
      ...(constant.length > 0 ? [`Constant: ${constant.join(', ')}.`] : []),
      'Each column is scaled to mean 0 and deviation 1.',
    ],
  }
}

/** The rows in which no value is missing. */
function completeRows({ values, count, length, labels }: ParsedSamples): {
  readonly values: Float64Array
  readonly labels: Int32Array | null
} {
  const kept: number[] = []
  for (let row = 0; row < count; row++) {
    let isComplete = true
    for (let j = 0; j < length; j++) isComplete &&= !Number.isNaN(values[row * length + j])
    if (isComplete) kept.push(row)
  }
  const into = new Float64Array(kept.length * length)
  kept.forEach((row, i) => into.set(values.subarray(row * length, (row + 1) * length), i * length))
  return { values: into, labels: labels && Int32Array.from(kept, (row) => labels[row]) }
}

function scaled(
  name: string,
  values: Float64Array,
  count: number,
  length: number,
): Float32Array<ArrayBuffer> {
  try {
    const fitted = scope(() =>
      fitNormaliser(tensor(values, { shape: [count, length], dtype: 'float64' }), 'columns'),
    )
    return normaliseRows(
      fitted,
      { values, count, length },
      new Float32Array(count * length),
    ) as Float32Array<ArrayBuffer>
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`)
  }
}

function isConstant(values: Float32Array, column: number, length: number): boolean {
  for (let at = column; at < values.length; at += length) if (values[at] !== values[column]) return false
  return true
}
