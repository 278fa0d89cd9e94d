import { isMissing } from '../table/missing-marks.ts'
import { decimal } from '../text/decimal.ts'

/** Lines, and numbers of each, that are judged. */
const [LINES, VALUES] = [64, 512]
/** Fewer lines say nothing about classes and scales. */
const FEW = 8
/** As many values make a series: the shortest of the archive have 15. */
const SERIES = 8
/** Mean correlation of a value with the next; white noise has 0 ± 0.1 over 64 lines of 8, series of the archive 0.5 to 1. */
const SMOOTH = 0.5
/** Series of the archive have mean 0 and deviation 1, written with five digits and more; rows of a table never have. */
const STANDARD = 0.01

/** What the first lines of a text say about its being a label and a series a line. */
export interface SeriesEvidence {
  /** What speaks against it; `null` for nothing. */
  readonly against: string | null
  /** Whether nothing but a series with its label looks like this. */
  readonly isCertain: boolean
}

/** The numbers of a line, NaN for missing ones; `null` for anything else. */
function numbersOf(line: string): number[] | null {
  const fields = line
    .trim()
    .split(line.includes('\t') ? '\t' : line.includes(',') ? ',' : /\s+/, VALUES + 1)
    .map((field) => field.trim())
  const isRow = fields.every((field) => decimal.test(field) || isMissing(field))
  return isRow ? fields.map((field) => (decimal.test(field) ? Number(field) : Number.NaN)) : null
}

/** What a series is like; NaN for equal values. */
function shapeOf(row: readonly number[]): { readonly smoothness: number; readonly isStandard: boolean } {
  const values = row.filter((value) => !Number.isNaN(value))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  let [squares, products] = [0, 0]
  values.forEach((value, i) => {
    squares += (value - mean) ** 2
    if (i > 0) products += (value - mean) * (values[i - 1] - mean)
  })
  const deviation = Math.sqrt(squares / values.length)
  return {
    smoothness: products / squares,
    isStandard: Math.abs(mean) < STANDARD && Math.abs(deviation - 1) < 0.5 / values.length + STANDARD,
  }
}

/** The share of columns whose values lie in the range of the next one's: all do in series, few do in tables of several units. */
function overlap(rows: readonly (readonly number[])[], length: number): number {
  const ranges = Array.from({ length }, (_, i) => {
    const column = rows.map((row) => row[i]).filter((value) => !Number.isNaN(value))
    return { low: Math.min(...column), high: Math.max(...column) }
  })
  const pairs = ranges.slice(1).filter(({ low, high }, i) => low <= ranges[i].high && high >= ranges[i].low)
  return pairs.length / (length - 1)
}

/** Whether whole numbers are those of classes: they come again, or follow each other without a gap. */
function areClasses(labels: readonly number[]): boolean {
  const known = [...new Set(labels)]
  const span = Math.max(...known) - Math.min(...known) + 1
  return known.length <= labels.length / 2 || span === known.length
}

/**
 * Judges a text by its first lines: whether each is a label and a series.
 *
 * @param text its beginning
 * @param isCut whether the last line of it may go on
 */
export function seriesEvidence(text: string, isCut: boolean): SeriesEvidence {
  const lines = text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/, LINES + 1)
    .filter((line) => line.trim() !== '')
  if (isCut && lines.length > 1 && lines.length <= LINES) lines.pop()
  const against = (reason: string): SeriesEvidence => ({ against: reason, isCertain: false })
  const all = lines.slice(0, LINES).map(numbersOf)
  const [first] = all
  if (!first) return against('its first line is no row of numbers')
  const rows = all.filter((row) => row !== null)
  const labels = rows.map(([label]) => label)
  if (!labels.every(Number.isInteger)) return against('not all lines begin with a whole number')
  const series = rows.map((row) => row.slice(1))
  const length = Math.min(...series.map((row) => row.length))
  const isFew = rows.length < FEW
  const isOfClasses = areClasses(labels)
  if (!isFew && !isOfClasses) return against('the first numbers of its lines are too many to be classes')
  const isOfOneScale = length < 2 || overlap(series, length) >= 0.5
  if (!isFew && !isOfOneScale) return against('its columns are of several scales')
  const shapes = series.map(shapeOf).filter(({ smoothness }) => !Number.isNaN(smoothness))
  const smooth = shapes.reduce((sum, { smoothness }) => sum + smoothness, 0) / shapes.length
  const classes = new Set(labels).size
  // Files of the archive are often sorted by class: the first lines may have one alone.
  const isStandard = shapes.length > 1 && shapes.every((shape) => shape.isStandard)
  const isSmooth = isOfOneScale && smooth > SMOOTH && classes > 1 && classes <= rows.length / 2
  const isCertain = rows.length === all.length && length >= SERIES && (isStandard || isSmooth)
  return { against: null, isCertain }
}
