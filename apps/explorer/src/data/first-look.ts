/** What the first lines of a table tell before it is read. */
export interface FirstLook {
  /** A name for each column, as the header says it or by its place. */
  readonly columns: readonly string[]
  /** Columns whose first values are texts more often than not, by place. */
  readonly texts: readonly number[]
  /** The column that looks like labels, by place; `null` for none. */
  readonly label: number | null
}

const separators = [/\t/, /;/, /\|/, /,/, /\s+/] as const

/** What stands for a missing value is no text. */
const missing = /^(|n\/?a|#n\/a|nan|null|none|nil|missing|<na>|\?|--?|\.)$/i
/** Nor is infinity, which the parser refuses with its line. */
const infinite = /^[+-]?inf(inity)?$/i
const labelName = /^(labels?|class(es)?|targets?|species|kind|category|type)$/i

/** More different texts are names of the rows. */
const MOST_CLASSES = 20

/** Lines that are looked at. */
const LINES = 200

const isText = (field: string): boolean =>
  !missing.test(field) && !infinite.test(field) && Number.isNaN(Number(field.replace(',', '.')))

/** The fields of a line. Quotes keep what is between them together, a separator as well. */
function fieldsOf(line: string, separator: RegExp): string[] {
  const parts = line.split(/("(?:[^"]|"")*")/)
  const fields = ['']
  parts.forEach((part, i) => {
    // Every second part is in quotes.
    const [first, ...more] = i % 2 === 1 ? [part.slice(1, -1).replaceAll('""', '"')] : part.split(separator)
    fields[fields.length - 1] += first
    fields.push(...more)
  })
  return fields.map((field) => field.trim())
}

/**
 * Looks at the beginning of a table: which columns it has, which are texts, which may be labels. A rough look, for the choices that are offered; what a
 * file says is read by the parser of `@facet/data`, which has the last word.
 *
 * @param head the first bytes as text
 * @param isWhole whether that is the whole file: else the last line may be cut
 */
export function firstLook(head: string, isWhole: boolean): FirstLook {
  const all = head.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)
  const lines = (isWhole || all.length === 1 ? all : all.slice(0, -1))
    .filter((line) => line.trim() !== '' && !/^\s*#/.test(line))
    .slice(0, LINES)
  const counts = (separator: RegExp) => lines.map((line) => fieldsOf(line, separator).length)
  const isEven = ([first, ...others]: number[]) => first > 1 && others.every((n) => n === first)
  const separator = separators.find((each) => isEven(counts(each))) ?? /,/
  const table = lines.map((line) => fieldsOf(line, separator))
  const [first = [], ...others] = table
  const isOverNumbers = first.some((field, j) => isText(field) && others.some((row) => !isText(row[j] ?? '')))
  const isAllText = first.every((field) => isText(field) || field === '')
  const hasHeader = isOverNumbers || isAllText
  const values = hasHeader ? others : table
  const columns = first.map((name, j) => (hasHeader && name !== '' ? name : `column ${j + 1}`))
  // A single word among numbers is a mistake, which the parser names with its line.
  const isTexts = (j: number) => 2 * values.filter((row) => isText(row[j] ?? '')).length > values.length
  const texts = columns.flatMap((_, j) => (isTexts(j) ? [j] : []))
  const isClasses = (j: number) =>
    new Set(values.map((row) => row[j])).size <= Math.min(MOST_CLASSES, values.length / 2)
  const label = texts.findLast(isClasses) ?? columns.findLastIndex((name) => labelName.test(name))
  return { columns, texts, label: label < 0 ? null : label }
}
