import { parseCondition } from '@facet/data'
import * as z from 'zod'
import { text } from './fields.ts'
import type { ReadText } from './read-text.ts'

/** A column by its name, or by its index from 0, negative from the end. */
export const column = z.union([z.int(), text('a column')], 'expected a column by its name or index')

/** What stands between quotes, a quote in it written twice; `null` for what has none around it. */
const unquoted = (text: string): string | null =>
  /^"((?:[^"]|"")*)"$/.exec(text)?.[1].replaceAll('""', '"') ?? null

/** The parts of `a,b`; one in quotes may hold commas: `"a,b",c`. */
function partsOf(list: string): string[] {
  const parts = list.match(/\s*(?:"(?:[^"]|"")*"\s*(?=,|$)|[^,]*)(?:,|$)/g) ?? []
  // Behind the last comma the pattern finds nothing once more, unless the list ends with it.
  return parts
    .slice(0, list.endsWith(',') || list === '' ? parts.length : -1)
    .map((part) => part.replace(/,$/, '').trim())
}

/** A column by its name, or by its index: `-1` is the last. In quotes it is a name, whatever it looks like: `"2020"`. */
export const asColumn: ReadText = (given) =>
  unquoted(given) ?? (/^-?\d+$/.test(given) ? Number(given) : given)

/** Columns, separated by commas. */
export const asColumns: ReadText = (list) => partsOf(list).map(asColumn)

/** Conditions, separated by commas: `Class=0,age>=18`. What is none stays a text, which the field refuses. */
export const asConditions: ReadText = (list) =>
  partsOf(list).map((part) => {
    try {
      return parseCondition(unquoted(part) ?? part)
    } catch {
      return part
    }
  })
