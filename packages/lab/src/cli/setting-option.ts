import { InvalidArgumentError, Option } from 'commander'
import type * as z from 'zod'

/** A value as a field of an experiment document has it. @throws InvalidArgumentError in the field's words. */
export function checked<T>(field: z.ZodType<T>, value: unknown): T {
  const result = field.safeParse(value)
  if (result.success) return result.data
  const [{ message }] = result.error.issues
  throw new InvalidArgumentError(`${message.charAt(0).toUpperCase()}${message.slice(1)}.`)
}

/** A number as a person writes it; anything else, '' and '0x10' among it, stays the text that the field will refuse. */
export const asNumber = (text: string): unknown =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : text

export const asText = (text: string): unknown => text

/** `a,b,c`, each read by `item`. */
export const asList =
  (item: (text: string) => unknown): ((text: string) => unknown) =>
  (text) =>
    text.split(',').map((part) => item(part.trim()))

/** A flag for a field of experiment documents, checked by the same. */
export const settingOption = (
  flags: string,
  description: string,
  field: z.ZodType,
  read: (text: string) => unknown,
): Option => new Option(flags, description).argParser((text) => checked(field, read(text)))
