import { describe, type OptionKind } from '@facet/tensor/checks'

/** The letters of a bank's parts: some of `known`, each once, as one string. @throws RangeError for others. */
export const someLetters = (known: readonly string[]): OptionKind<string> => ({
  check(operation, option, value) {
    const given = typeof value === 'string' ? [...value] : []
    const isEachOnce = new Set(given).size === given.length
    if (given.length > 0 && isEachOnce && given.every((letter) => known.includes(letter))) return
    throw new RangeError(
      `${operation}: ${option}: expected some of the letters ${known.join(', ')}, each once, got ${describe(value)}`,
    )
  },
})

/** They, in the order of `known`. */
export const lettersOf = (parts: string, known: readonly string[]): string[] =>
  known.filter((letter) => parts.includes(letter))
