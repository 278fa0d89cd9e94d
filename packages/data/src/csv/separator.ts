import { countFields, Fields, type Separator } from '../text/fields.ts'

/** In the order in which they are believed: a comma may be part of a number, a blank of a name. */
const candidates: readonly Separator[] = ['tab', 'semicolon', 'pipe', 'comma', 'blank']

/** What separators are called in notes and errors. */
export const separatorNames: Record<Separator, string> = {
  tab: 'tabs',
  semicolon: 'semicolons',
  pipe: '"|"',
  comma: 'commas',
  blank: 'blanks',
  colon: 'colons',
}

const countsBy = (lines: readonly Uint8Array[], separator: Separator): number[] => {
  const fields = new Fields({ quotes: true })
  return lines.map((line) => countFields(fields, line, 0, line.length, separator)).filter((n) => n > 0)
}

const isEven = ([first, ...others]: readonly number[]): boolean =>
  first > 1 && others.every((n) => n === first)

/**
 * What parts the fields of these lines: the first candidate that parts them all into the same number; else the one that does so below the first line, which
 * may have a field more or less; else the one that parts most of them; else nothing does and the comma will do.
 */
export function detectSeparator(lines: readonly Uint8Array[]): Separator {
  const counted = candidates.map((separator) => ({ separator, counts: countsBy(lines, separator) }))
  const even = counted.find(({ counts }) => isEven(counts))
  const below = counted.find(
    ({ counts: [first, ...others] }) => first > 1 && isEven(others) && Math.abs(first - others[0]) === 1,
  )
  const most = counted.find(({ counts }) => counts.filter((n) => n > 1).length > counts.length / 2)
  return (even ?? below ?? most)?.separator ?? 'comma'
}

/** The separator by which a line has so many fields, or undefined. */
export const separatorThatGives = (line: Uint8Array, count: number): Separator | undefined =>
  candidates.find((separator) => countsBy([line], separator)[0] === count)
