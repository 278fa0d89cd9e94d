import { Fields, type Separator } from '../text/fields.ts'
import { parseNumber } from '../text/parse-number.ts'

/** A missing number (`nan`, `?`, `-`) or a broken one (`1,5`, `1.2.3`): no name of a column. */
const noName = /^([+-]?(nan|inf|infinity)|n\/?a|null|none|\?|-+|[+-]?[\d.]*,\d*|[+-]?\d*\.[\d.]*)$/i

/** As many numbers that count up are hardly a sample. */
const COUNTED = 3

/**
 * Whether the first line holds names of columns. It does if no field is a number, missing or broken, and some are not
 * empty. And it does if some are names and the numbers, three or more, count up from 0, as pandas names columns:
 * `label,0,1,2`; from 1 only if there is a number below a name.
 */
export function isHeader(line: Uint8Array, below: Uint8Array | undefined, separator: Separator): boolean {
  const fields = new Fields({ quotes: true }).open(line, 0, line.length, separator)
  const under = new Fields({ quotes: true }).open(
    below ?? new Uint8Array(0),
    0,
    below?.length ?? 0,
    separator,
  )
  let names = 0
  let numbers = 0
  let first = 0
  let counting = true
  let numberBelowName = false
  while (fields.next()) {
    const value = parseNumber(line, fields.start, fields.end)
    const isNumberBelow = under.next() && below && !Number.isNaN(parseNumber(below, under.start, under.end))
    if (!Number.isNaN(value)) {
      if (numbers === 0) first = value
      counting &&= value === first + numbers
      numbers++
    } else if (fields.end > fields.start) {
      if (noName.test(fields.text)) return false
      names++
      numberBelowName ||= isNumberBelow === true
    }
  }
  if (names === 0) return false
  if (numbers === 0) return true
  return counting && numbers >= COUNTED && (first === 0 || (first === 1 && numberBelowName))
}

/** The names in a header. numpy's `savetxt` begins it with `# `, which is no part of a name. */
export function namesIn(line: Uint8Array, separator: Separator): string[] {
  const fields = new Fields({ quotes: true }).open(line, 0, line.length, separator)
  const texts: string[] = []
  while (fields.next()) texts.push(fields.text)
  return texts.map((text, i) => (i === 0 ? text.replace(/^#\s*/, '') : text))
}
