import { Fields } from '../text/fields.ts'
import { parseNumber } from '../text/parse-number.ts'
import type { Layout } from './layout.ts'

/** Of each field whether it is a number. */
function areNumbers({ separator }: Layout, bytes: Uint8Array): boolean[] {
  const fields = new Fields({ quotes: true }).open(bytes, 0, bytes.length, separator)
  const are: boolean[] = []
  while (fields.next()) are.push(!Number.isNaN(parseNumber(bytes, fields.start, fields.end)))
  return are
}

/**
 * What a text in the first row says of the row: that it is a header which was taken for none, or a second line of names or of units.
 * `null` where it may be a row.
 */
export function lineHint(layout: Layout, line: number, field: number, text: string): string | null {
  const [first, next] = layout.rows
  if (first === undefined || next === undefined || line !== first.line || !/^\p{L}/u.test(text)) return null
  if (!areNumbers(layout, next.bytes)[field]) return null
  if (layout.names === null) {
    return `; if line ${line} names the columns, say so by the option header: 'yes'`
  }
  const { features } = layout.roles
  const are = areNumbers(layout, first.bytes)
  if (features.length < 2 || features.some((feature) => are[feature])) return null
  return `; line ${line} looks like a second line of names, or of units: leave it out`
}
