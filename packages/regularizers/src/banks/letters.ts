import { describe } from '@facet/tensor/checks'

/**
 * The letters of a bank's parts, in the order of `known`.
 * @throws RangeError for no letter, an unknown one, or one twice.
 */
export function lettersOf(operation: string, parts: unknown, known: readonly string[]): string[] {
  const given = typeof parts === 'string' ? [...parts] : []
  if (given.length > 0 && new Set(given).size === given.length && given.every((l) => known.includes(l)))
    return known.filter((letter) => given.includes(letter))
  throw new RangeError(
    `${operation}: parts: expected some of the letters ${known.join(', ')}, each once, got ${describe(parts)}`,
  )
}
