import type { Bounds } from './bounds.ts'

/** How a value is written into an address and read from it. */
export interface Codec<T> {
  /** What there should have been, for the sentence about what came. */
  readonly expected: string
  print(value: T): string
  /** `undefined` for a text that is none. */
  parse(text: string): T | undefined
}

const numberForm = /^-?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?$/i

const asNumber = (text: string, { least, most }: Bounds): number | undefined => {
  // Negative zero is zero.
  const value = numberForm.test(text) ? Number(text) + 0 : Number.NaN
  return value >= least && value <= most ? value : undefined
}

/** A number that is written to the last bit, for what enters into the computation. */
export const exactNumber = (bounds: Bounds): Codec<number> => ({
  expected: `a number from ${bounds.least} to ${bounds.most}`,
  print: String,
  parse: (text) => asNumber(text, bounds),
})

/** Digits of places and angles of a view: a window of a thousandth of the data is placed to a thousandth of its side. */
const VIEW_DIGITS = 7

const rounded = (value: number): number => Number(value.toPrecision(VIEW_DIGITS))

/** A number that is only looked at: seven digits. */
export const viewNumber = (bounds: Bounds): Codec<number> => ({
  ...exactNumber(bounds),
  print: (value) => String(rounded(value)),
  parse: (text) => {
    const value = asNumber(text, bounds)
    return value === undefined ? undefined : rounded(value)
  },
})

export const wholeNumber = (bounds: Bounds): Codec<number> => ({
  expected: `a whole number from ${bounds.least} to ${bounds.most}`,
  print: String,
  parse: (text) => (/^-?\d{1,12}$/.test(text) ? asNumber(text, bounds) : undefined),
})

/** In (−180, 180], to a tenth. */
function turned(degrees: number): number {
  const tenths = Math.round(10 * degrees)
  return (tenths - 3600 * Math.ceil((tenths - 1800) / 3600)) / 10 + 0
}

/** An angle in degrees, to a tenth and without whole turns. */
export const angle: Codec<number> = {
  expected: 'an angle in degrees from -360 to 360',
  print: (value) => String(turned(value)),
  parse: (text) => {
    const value = asNumber(text, { least: -360, most: 360 })
    return value === undefined ? undefined : turned(value)
  },
}

export const oneOf = <T extends string>(names: readonly T[]): Codec<T> => ({
  expected: `one of ${names.join(', ')}`,
  print: (name) => name,
  parse: (text) => names.find((name) => name === text),
})

export const yesOrNo: Codec<boolean> = {
  expected: 'yes or no',
  print: (value) => (value ? 'yes' : 'no'),
  parse: (text) => (text === 'yes' ? true : text === 'no' ? false : undefined),
}

/** Hexadecimal digits of a checksum. */
export const checksum: Codec<string> = {
  expected: '8 hexadecimal digits',
  print: (value) => value,
  parse: (text) => (/^[0-9a-f]{8}$/.test(text) ? text : undefined),
}

/** A value, or nothing, which is an empty text. */
export const orNull = <T>({ expected, print, parse }: Codec<T>): Codec<T | null> => ({
  expected,
  print: (value) => (value === null ? '' : print(value)),
  parse: (text) => (text === '' ? null : parse(text)),
})

interface Lengths {
  readonly least: number
  readonly most: number
}

const lengthsOf = ({ least, most }: Lengths): string =>
  least === most ? String(least) : `${least} to ${most}`

/** Several values, one after another with a sign between them that none of them has. */
export const listOf = <T>(each: Codec<T>, between: string, lengths: Lengths): Codec<readonly T[]> => ({
  expected: `${lengthsOf(lengths)} times ${each.expected}, with ${between} between them`,
  print: (values) => values.map(each.print).join(between),
  parse: (text) => {
    const texts = text === '' ? [] : text.split(between, lengths.most + 1)
    if (texts.length < lengths.least || texts.length > lengths.most) return undefined
    const values: T[] = []
    for (const one of texts) {
      const value = each.parse(one)
      if (value === undefined) return undefined
      values.push(value)
    }
    return values
  },
})

/** A codec for values that another one writes in another form. */
export const mapped = <A, B>(
  { print, parse }: Codec<A>,
  expected: string,
  from: (value: B) => A,
  to: (value: A) => B | undefined,
): Codec<B> => ({
  expected,
  print: (value) => print(from(value)),
  parse: (text) => {
    const value = parse(text)
    return value === undefined ? undefined : to(value)
  },
})

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_'

/** Whole numbers in two letters each, least first: as short as an address can say 2,001 numbers without a sign that would be escaped. */
export const letterPairs = ({ least, most }: Bounds, length: number): Codec<readonly number[]> => ({
  expected: `at most ${length} numbers of two letters each, an even count`,
  print: (values) =>
    values.map((value) => digits[(value - least) >> 6] + digits[(value - least) & 63]).join(''),
  parse: (text) => {
    if (text.length % 4 !== 0 || text.length > 2 * length) return undefined
    const values: number[] = []
    for (let at = 0; at < text.length; at += 2) {
      const [high, low] = [digits.indexOf(text[at]), digits.indexOf(text[at + 1])]
      const value = 64 * high + low + least
      if (high < 0 || low < 0 || value > most) return undefined
      values.push(value)
    }
    return values
  },
})
