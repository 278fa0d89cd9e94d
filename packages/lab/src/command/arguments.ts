import { InvalidArgumentError } from 'commander'
import { didYouMean } from './nearest.ts'

type Parser<T> = (text: string) => T

function refuse(expected: string, got: string, hint = ''): never {
  throw new InvalidArgumentError(`Expected ${expected}, got '${got}'${hint}.`)
}

/** A number as a person writes it; '' and '0x10' are not. */
const decimal = (text: string): number =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN

/** Of runs and seeds: every one of them is a job in memory, and a line of the results. */
export const mostRepetitions = 10_000

export const wholeNumber =
  (atLeast: number, atMost = Infinity): Parser<number> =>
  (text) => {
    const value = decimal(text)
    if (Number.isSafeInteger(value) && value >= atLeast && value <= atMost) return value
    const upTo = atMost === Infinity ? `of at least ${atLeast}` : `from ${atLeast} to ${atMost}`
    return refuse(`a whole number ${upTo}`, text)
  }

export const positiveNumber: Parser<number> = (text) => {
  const value = decimal(text)
  return value > 0 && Number.isFinite(value) ? value : refuse('a number above 0', text)
}

export const nonNegativeNumber: Parser<number> = (text) => {
  const value = decimal(text)
  return value >= 0 && Number.isFinite(value) ? value : refuse('a number of at least 0', text)
}

/** `a,b,c` under another parser; no item may come twice. */
export const listOf =
  <T>(item: Parser<T>): Parser<T[]> =>
  (text) => {
    const items = text.split(',').map((part) => item(part.trim()))
    return new Set(items).size === items.length ? items : refuse('each item once', text)
  }

/** One of `names`, in any case. */
export const oneOf =
  <T extends string>(names: readonly T[]): Parser<T> =>
  (text) =>
    names.find((name) => name.toLowerCase() === text.toLowerCase()) ??
    refuse(`one of ${names.join(', ')}`, text, didYouMean(text, names))

export const nonEmpty: Parser<string> = (text) => (text === '' ? refuse('a name', text) : text)
