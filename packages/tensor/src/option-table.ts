import {
  describe,
  expectBoolean,
  expectCount,
  expectNumber,
  expectOneOf,
  expectOptions,
  isTensor,
} from './checks.ts'
import type { Tensor } from './tensor.ts'

/** What values an option takes: throws for others, naming operation and option. `T` is their type. */
export interface OptionKind<T> {
  readonly check: (operation: string, option: string, value: unknown) => void
  /** Never there: it carries the type. */
  readonly type?: T
}

type Presence = 'required' | 'optional' | 'defaulted'

/** One row of an option table. */
export interface OptionRow<T, P extends Presence = Presence> extends OptionKind<T> {
  readonly presence: P
  readonly default: T | undefined
}

// biome-ignore lint/suspicious/noExplicitAny: rows of any type
type Rows = Readonly<Record<string, OptionRow<any>>>
type TypeOf<R> = R extends OptionRow<infer T> ? T : never
type Flat<T> = { [K in keyof T]: T[K] }

type RowsOf<T> = T extends OptionTable<infer R> ? R : T

/** What callers give: the options of an {@link optionTable}, or of rows alone, those without `required` optional. */
export type OptionsOf<T> = Flat<
  {
    readonly [K in keyof RowsOf<T> as RowsOf<T>[K] extends OptionRow<unknown, 'required'>
      ? K
      : never]: TypeOf<RowsOf<T>[K]>
  } & {
    readonly [K in keyof RowsOf<T> as RowsOf<T>[K] extends OptionRow<unknown, 'required'> ? never : K]?:
      | TypeOf<RowsOf<T>[K]>
      | undefined
  }
>

/** What the function works with: every option, with its default filled in. */
export type ResolvedOptionsOf<T> = Flat<{
  readonly [K in keyof RowsOf<T>]: RowsOf<T>[K] extends OptionRow<unknown, 'optional'>
    ? TypeOf<RowsOf<T>[K]> | undefined
    : TypeOf<RowsOf<T>[K]>
}>

/** The options of one function: see {@link optionTable}. */
export interface OptionTable<R extends Rows> {
  readonly operation: string
  readonly rows: R
  /** Names of the options, in the order of the table. */
  readonly names: readonly string[]
  /**
   * Checks what was given and fills the defaults in. `undefined` is as good as left out.
   *
   * @param operation names the function in errors, where it is not the table's own
   * @throws TypeError for what is no object and an unknown option, and whatever the option's kind throws.
   */
  resolve(options: unknown, operation?: string): ResolvedOptionsOf<OptionTable<R>>
}

/**
 * Declares the options of a function once: their types, defaults and checks, in the words of all errors. A comment on a row
 * is the documentation of the option. Rows of several tables are best made apart and their types joined,
 * `OptionsOf<typeof shared> & OptionsOf<typeof own>`: TypeScript leaves the comments of spread rows out of declarations.
 *
 * @example
 * import { aNumber, optionTable, type OptionsOf, oneOf, withDefault } from '@facet/tensor/checks'
 * const blurOptions = optionTable('blur', {
 *   // Standard deviation in pixels; default 1.
 *   sigma: withDefault(aNumber(), 1),
 *   edges: withDefault(oneOf(['zero', 'nearest']), 'zero'),
 * })
 * type BlurOptions = OptionsOf<typeof blurOptions> // { sigma?: number, edges?: 'zero' | 'nearest' }
 * const { sigma, edges } = blurOptions.resolve({ sigma: 2 }) // 2, 'zero'
 */
/*#__NO_SIDE_EFFECTS__*/
export function optionTable<const R extends Rows>(operation: string, rows: R): OptionTable<R> {
  const names = Object.keys(rows)
  return {
    operation,
    rows,
    names,
    resolve(options, named = operation) {
      expectOptions(named, options, names)
      const given = options as Readonly<Record<string, unknown>>
      const resolved: Record<string, unknown> = {}
      for (const name of names) {
        const row = rows[name]
        const value = given[name]
        if (value === undefined && row.presence !== 'required') resolved[name] = row.default
        else {
          row.check(named, name, value)
          resolved[name] = value
        }
      }
      return resolved as ResolvedOptionsOf<OptionTable<R>>
    },
  }
}

/** An option that must be given. */
/*#__NO_SIDE_EFFECTS__*/
export const required = <T>({ check }: OptionKind<T>): OptionRow<T, 'required'> => ({
  check,
  presence: 'required',
  default: undefined,
})

/** An option that may be left out, and is then `undefined`. */
/*#__NO_SIDE_EFFECTS__*/
export const optional = <T>({ check }: OptionKind<T>): OptionRow<T, 'optional'> => ({
  check,
  presence: 'optional',
  default: undefined,
})

/** An option that is `value` where it is left out. */
/*#__NO_SIDE_EFFECTS__*/
export const withDefault = <T>({ check }: OptionKind<T>, value: T): OptionRow<T, 'defaulted'> => ({
  check,
  presence: 'defaulted',
  default: value,
})

/** Finite numbers from `least` on and below `below`. */
/*#__NO_SIDE_EFFECTS__*/
export const aNumber = (least = 0, below = Number.POSITIVE_INFINITY): OptionKind<number> => ({
  check: (operation, option, value) => expectNumber(operation, option, value, least, below),
})

/** Finite numbers above 0. */
export const aPositiveNumber: OptionKind<number> = {
  check(operation, option, value) {
    if (typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY) return
    throw new RangeError(`${operation}: ${option}: expected a finite number above 0, got ${describe(value)}`)
  },
}

/** Whole numbers from `least` on. */
/*#__NO_SIDE_EFFECTS__*/
export const aCount = (least = 1): OptionKind<number> => ({
  check: (operation, option, value) => expectCount(operation, option, value, least),
})

/** One of some names. */
/*#__NO_SIDE_EFFECTS__*/
export const oneOf = <N extends string>(names: readonly N[]): OptionKind<N> => ({
  check: (operation, option, value) => expectOneOf(operation, option, value, names),
})

/** true or false. */
export const aBoolean: OptionKind<boolean> = { check: expectBoolean }

/** Values of one type, which a test tells; `expected` says in words what they are. */
/*#__NO_SIDE_EFFECTS__*/
export const aValue = <T>(expected: string, test: (value: unknown) => boolean): OptionKind<T> => ({
  check(operation, option, value) {
    if (test(value)) return
    throw new TypeError(`${operation}: ${option}: expected ${expected}, got ${describe(value)}`)
  },
})

/** Functions; `expected` says which, as in `a function such as cosineDecay()`. */
/*#__NO_SIDE_EFFECTS__*/
export const aFunction = <F>(expected: string): OptionKind<F> =>
  aValue<F>(expected, (value) => typeof value === 'function')

/** Values that are checked elsewhere. */
/*#__NO_SIDE_EFFECTS__*/
export const anything = <T>(): OptionKind<T> => ({ check: () => undefined })

/** A text of any length, also an empty one. */
export const aText = aValue<string>('a text', (value) => typeof value === 'string')

const floatDTypes = ['float32', 'float64'] as const

/** The floating-point dtypes. */
export type FloatDType = (typeof floatDTypes)[number]

/** `float32` or `float64`. */
export const aFloatDType = oneOf(floatDTypes)

/** What random numbers are drawn from: `key(seed)` is made of it. */
export const aSeed = aValue<number | string>(
  'a string or a whole number of at most 53 bits',
  (value) => typeof value === 'string' || Number.isSafeInteger(value),
)

/** Tensors of any shape and dtype. */
export const aTensor = aValue<Tensor>('a tensor', isTensor)
