import { InvalidArgumentError, Option } from 'commander'
import type * as z from 'zod'
import type { ReadText } from '../fields/read-text.ts'

/** A value as a field of an experiment document has it. @throws InvalidArgumentError in the field's words. */
export function checked<T>(field: z.ZodType<T>, value: unknown): T {
  const result = field.safeParse(value)
  if (result.success) return result.data
  const [{ message }] = result.error.issues
  throw new InvalidArgumentError(`${message.charAt(0).toUpperCase()}${message.slice(1)}.`)
}

/** A flag for a field of experiment documents, checked by the same. */
export const settingOption = (flags: string, description: string, field: z.ZodType, read: ReadText): Option =>
  new Option(flags, description).argParser((text) => checked(field, read(text)))
