import { describe } from '@facet/tensor/checks'
import * as z from 'zod'
import { didYouMean } from '../text/nearest.ts'

/**
 * The kinds of values that settings have. Each says in its own words what it expects; the flags of the command and the
 * fields of experiment documents are checked by the same.
 */

type Told = { readonly error: (issue: { readonly input?: unknown }) => string }

/** The one message of a kind, whatever is wrong with the value. */
const expected = (what: string, hint: (input: unknown) => string = () => ''): Told => ({
  error: ({ input }) =>
    `expected ${what}, got ${input === undefined || input === null ? 'nothing' : describe(input)}${hint(input)}`,
})

/** Of runs and seeds: every one of them is a job in memory, and a line of the results. */
export const mostRepetitions = 10_000

/**
 * Units of a layer, at most 2^14: two such layers in a row have 268 million weights, 1 GiB of float32, which with gradients and
 * moments is what a WebAssembly memory holds. 100,000,000 units kept a process busy for 15 minutes before they were refused.
 */
const mostUnits = 2 ** 14

export function wholeNumber(atLeast: number, atMost = Number.MAX_SAFE_INTEGER) {
  const upTo = atMost === Number.MAX_SAFE_INTEGER ? `of at least ${atLeast}` : `from ${atLeast} to ${atMost}`
  const told = expected(`a whole number ${upTo}`)
  return z.int(told).min(atLeast, told).max(atMost, told)
}

/** How wide a layer is. */
export const layerWidth = wholeNumber(1, mostUnits)

const aboveZero = expected('a number above 0')
export const positiveNumber = z.number(aboveZero).gt(0, aboveZero)

const zeroOrMore = expected('a number of at least 0')
export const nonNegativeNumber = z.number(zeroOrMore).min(0, zeroOrMore)

export const trueOrFalse = z.boolean(expected('true or false'))

export function text(what: string) {
  const told = expected(what)
  return z.string(told).min(1, told)
}

/** One of `names`, in any case; `aliases` are other names that still may be written, each with the one it stands for. */
export function oneOf<const T extends string>(
  names: readonly T[],
  aliases: Readonly<Record<string, NoInfer<T>>> = {},
) {
  const byName = new Map<string, T>([
    ...Object.entries<T>(aliases).map(([alias, name]) => [alias.toLowerCase(), name] as const),
    ...names.map((name) => [name.toLowerCase(), name] as const),
  ])
  const told = expected(`one of ${names.join(', ')}`, (input) =>
    typeof input === 'string' ? didYouMean(input, [...names, ...Object.keys(aliases)]) : '',
  )
  return z.preprocess(
    (input) => (typeof input === 'string' ? (byName.get(input.toLowerCase()) ?? input) : input),
    z.enum(names, told),
  )
}

/** Longer lists are refused before their items are looked at: 32,000 that are wrong would take seconds to tell. */
const mostItems = mostRepetitions

/** A list of at least one item, none of them twice. */
export const listOf = <S extends z.ZodType>(item: S, what: string) =>
  z.preprocess(
    (input, context) => {
      if (Array.isArray(input) && input.length > mostItems) {
        context.addIssue({
          code: 'custom',
          message: `expected a list of at most ${mostItems} ${what}, got an array of ${input.length}`,
        })
      }
      return input
    },
    z
      .array(item, expected(`a list of one or more ${what}`))
      .min(1, expected(`a list of one or more ${what}`))
      .superRefine((items, context) => {
        const before = new Set<unknown>()
        items.forEach((entry, i) => {
          if (before.has(entry)) {
            context.addIssue({
              code: 'custom',
              path: [i],
              message: `expected each once, got ${describe(entry)} again`,
            })
          }
          before.add(entry)
        })
      }),
  )

/** A list, or its single item without brackets. */
export const oneOrMore = <S extends z.ZodType>(item: S, what: string) =>
  z.preprocess((input) => (Array.isArray(input) ? input : [input]), listOf(item, what))

/** A mapping of known fields. */
export const fieldsOf = <S extends z.ZodRawShape>(shape: S) =>
  z.strictObject(shape, expected(`fields (${Object.keys(shape).join(', ')})`))

/** The same where some of the fields may stand under other names: `aliases` has those, each with the one it stands for. */
export function aliasedFieldsOf<S extends z.ZodRawShape>(
  shape: S,
  aliases: Readonly<Record<string, keyof S & string>>,
) {
  const all = {
    ...shape,
    ...Object.fromEntries(
      Object.entries(aliases).map(([alias, name]) => [
        alias,
        (shape[name] as unknown as z.ZodType).meta({ alias: true }),
      ]),
    ),
  }
  return z
    .strictObject(all, expected(`fields (${Object.keys(shape).join(', ')})`))
    .superRefine((value: Readonly<Record<string, unknown>>, context) => {
      for (const [alias, name] of Object.entries(aliases)) {
        if (value[alias] !== undefined && value[name] !== undefined) {
          context.addIssue({
            code: 'custom',
            path: [alias],
            message: `expected each once, got ${name} as well, of which ${alias} is another name`,
          })
        }
      }
    })
    .transform(
      (value): z.output<z.ZodObject<S>> =>
        Object.fromEntries(
          Object.entries(value).map(([name, entry]) => [
            Object.hasOwn(aliases, name) ? aliases[name] : name,
            entry,
          ]),
        ) as z.output<z.ZodObject<S>>,
    )
}
