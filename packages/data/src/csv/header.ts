import { dateOf } from '../table/dates.ts'
import { Fields, type Separator } from '../text/fields.ts'
import { parseNumber } from '../text/parse-number.ts'

/** A missing number (`nan`, `?`, `-`) or a broken one (`1,5`, `1.2.3`): hardly the name of a column. */
const noName = /^([+-]?(nan|inf|infinity)|<?n\/?a>?|#n\/a|null|none|\?|-+|[+-]?[\d.]*,\d*|[+-]?\d*\.[\d.]*)$/i

/** Steps of a header of wavelengths are equal but for the rounding of its numbers. */
const EQUAL = 0.02

const [QUOTE, POINT, UPPER_E, LOWER_E] = [34, 46, 69, 101]

/** What the numbers of a line are like, in one pass and without memory: a line may have millions. */
interface NumbersOfLine {
  readonly count: number
  readonly first: number
  /** Each is larger by one than that before it. */
  readonly counting: boolean
  /** Each is as far from that before it as the second from the first. */
  readonly even: boolean
  readonly monotone: boolean
  readonly low: number
  readonly high: number
  /** How many are written with a point or an exponent. */
  readonly fractions: number
  readonly quoted: number
}

function numbersOf(line: Uint8Array, separator: Separator): NumbersOfLine {
  const fields = new Fields({ quotes: true }).open(line, 0, line.length, separator)
  const seen = {
    count: 0,
    first: 0,
    counting: true,
    even: true,
    monotone: true,
    low: Infinity,
    high: -Infinity,
    fractions: 0,
    quoted: 0,
  }
  let last = 0
  let step = 0
  while (fields.next()) {
    const value = parseNumber(line, fields.start, fields.end)
    if (Number.isNaN(value)) continue
    if (seen.count === 0) seen.first = value
    else {
      const by = value - last
      if (seen.count === 1) step = by
      seen.counting &&= by === 1
      seen.even &&= Math.abs(by - step) <= EQUAL * Math.abs(step)
      seen.monotone &&= by !== 0 && by > 0 === step > 0
    }
    seen.low = Math.min(seen.low, value)
    seen.high = Math.max(seen.high, value)
    if (line[fields.start - 1] === QUOTE) seen.quoted++
    let at = fields.start
    while (at < fields.end && line[at] !== POINT && line[at] !== UPPER_E && line[at] !== LOWER_E) at++
    if (at < fields.end) seen.fractions++
    last = value
    seen.count++
  }
  return seen
}

/** As many numbers that count up are hardly a sample. */
const COUNTED = 4
/** As many that grow from one to the next are hardly a sample where others do not. */
const MONOTONE = 10

/**
 * Whether numbers are names of columns: they count up from 0 as pandas writes them, go up or down in equal steps far from all values below, as wavelengths
 * and years do, or are quoted where those below are not. Rows below that do the same say that it is a row.
 */
function areNames(line: NumbersOfLine, below: readonly NumbersOfLine[], isBesideIndex: boolean): boolean {
  if (line.count < 2 || below.length === 0) return false
  if (line.quoted === line.count && below.every(({ quoted }) => quoted === 0)) return true
  if (below.every(({ even }) => even)) return isBesideIndex && line.counting && line.first === 0
  const isFractional = below.every(({ count, fractions }) => 2 * fractions >= count)
  if (line.counting && line.fractions === 0 && (line.first === 0 || line.first === 1)) {
    const enough = COUNTED + line.first - (isFractional ? 1 : 0)
    if (line.count >= enough || (isBesideIndex && line.first === 0)) return true
  }
  if (!line.monotone) return false
  if (line.count >= MONOTONE && below.length > 1 && !below.some(({ monotone }) => monotone)) return true
  const low = Math.min(...below.map((other) => other.low))
  const high = Math.max(...below.map((other) => other.high))
  const apart = Math.max(line.low - high, low - line.high)
  return line.even && line.count >= 3 && apart > high - low && (below.length > 1 || line.count > 4)
}

/** What the first line is taken for. */
export type HeaderGuess = 'names' | 'numbers' | null

/**
 * Whether the first line holds names of columns. It does if no field is a number, missing or broken, and some are not
 * empty; if some are names and the numbers, three or more, count up from 0 or from 1 (`label,0,1,2`); and if there are
 * numbers alone that cannot be a row.
 */
export function guessHeader(lines: readonly Uint8Array[], separator: Separator): HeaderGuess {
  const [line, ...rest] = lines
  const fields = new Fields({ quotes: true }).open(line, 0, line.length, separator)
  const [next = new Uint8Array(0)] = rest
  const under = new Fields({ quotes: true }).open(next, 0, next.length, separator)
  let [names, broken, dates, empty, at] = [0, 0, 0, 0, 0]
  let isFirstEmpty = false
  let isNumberBelowName = false
  for (; fields.next(); at++) {
    const isUnder = under.next()
    if (!Number.isNaN(parseNumber(line, fields.start, fields.end))) continue
    if (fields.start === fields.end) {
      empty++
      isFirstEmpty ||= at === 0
      continue
    }
    const { text } = fields
    if (noName.test(text)) broken++
    else if (isUnder && dateOf(text) !== null && dateOf(under.text) !== null) dates++
    else {
      names++
      isNumberBelowName ||= isUnder && !Number.isNaN(parseNumber(next, under.start, under.end))
    }
  }
  const numbers = numbersOf(line, separator)
  if (dates > 0 && !isNumberBelowName) return null
  if (broken > 0 && !isNumberBelowName) return null
  if (names > 0 && numbers.count === 0) return 'names'
  const below = rest.map((other) => numbersOf(other, separator))
  if (names > 0) {
    const { count, counting, first } = numbers
    const isCounted = counting && count >= COUNTED - 1 && (first === 0 || (first === 1 && isNumberBelowName))
    return isCounted || areNames(numbers, below, false) ? 'names' : null
  }
  if (broken > 0 || empty > (isFirstEmpty ? 1 : 0)) return null
  return areNames(numbers, below, isFirstEmpty) ? 'numbers' : null
}

/** The names in a header. */
export function namesIn(line: Uint8Array, separator: Separator): string[] {
  const fields = new Fields({ quotes: true }).open(line, 0, line.length, separator)
  const texts: string[] = []
  while (fields.next()) texts.push(fields.text)
  return texts
}
