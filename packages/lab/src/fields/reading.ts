import type * as z from 'zod'
import { asBoolean, asList, asNumber, asText, type ReadText } from './read-text.ts'

/** How a kind of value is written on the command line. */
interface Reading {
  readonly argument: string
  readonly read: ReadText
}

interface Kind {
  readonly def: {
    readonly type: string
    readonly format?: string
    readonly innerType?: Kind
    readonly element?: Kind
    readonly in?: Kind
    readonly out?: Kind
  }
}

/** By the type that zod gives a schema. Others are text, unless their field says more. */
const readings: Readonly<Record<string, (kind: Kind) => Reading>> = {
  number: ({ def }) => ({ argument: def.format === 'safeint' ? '<n>' : '<x>', read: asNumber }),
  boolean: () => ({ argument: '<true|false>', read: asBoolean }),
  enum: () => ({ argument: '<name>', read: asText }),
  array: ({ def }) => ({
    argument: '<list>',
    read: asList(readingOf(def.element as unknown as z.ZodType).read),
  }),
}

const wrappers = ['default', 'nullable', 'optional', 'prefault']

/** What is checked inside defaults, `null` and changes of the value. */
function coreOf(kind: Kind): Kind {
  const { type, innerType, in: before, out: after } = kind.def
  if (wrappers.includes(type)) return coreOf(innerType!)
  if (type === 'pipe') return coreOf(before!.def.type === 'transform' ? after! : before!)
  return kind
}

export function readingOf(schema: z.ZodType): Reading {
  const core = coreOf(schema as unknown as Kind)
  const reading = Object.hasOwn(readings, core.def.type) ? readings[core.def.type] : undefined
  return reading?.(core) ?? { argument: '<text>', read: asText }
}
