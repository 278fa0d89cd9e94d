import { countFields, Fields, type Separator } from '../text/fields.ts'

/** In the order in which they are believed: a comma may be part of a number, a blank of a name. */
const candidates: readonly Separator[] = ['tab', 'semicolon', 'comma', 'blank']

/**
 * What parts the fields of these lines: the first candidate that parts them all into the same number, else the one that
 * parts most of them, else nothing does and the comma will do.
 */
export function detectSeparator(lines: readonly Uint8Array[]): Separator {
  const fields = new Fields({ quotes: true })
  const counted = candidates.map((separator) => ({
    separator,
    counts: lines.map((line) => countFields(fields, line, 0, line.length, separator)).filter((n) => n > 0),
  }))
  const even = counted.find(({ counts }) => counts[0] > 1 && counts.every((n) => n === counts[0]))
  if (even) return even.separator
  const most = counted.find(({ counts }) => counts.filter((n) => n > 1).length > counts.length / 2)
  return most?.separator ?? 'comma'
}
