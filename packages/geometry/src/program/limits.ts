import { aCount, aNumber, aValue, optional, optionTable } from '@facet/tensor/checks'

/** When to stop: the result then has `complete: false`. */
export interface Limits {
  readonly regions?: number
  readonly milliseconds?: number
}

/** The option `limits`. */
export const someLimits = optional(
  aValue<Limits>('{ regions?, milliseconds? }', (value) => typeof value === 'object' && value !== null),
)

/** @throws Error for another field or what is no number. */
export function limitsOf(operation: string, limits: Limits = {}): Required<Limits> {
  const fields = optionTable(`${operation}: limits`, {
    regions: optional(aCount()),
    milliseconds: optional(aNumber()),
  })
  const { regions = Infinity, milliseconds = Infinity } = fields.resolve(limits)
  return { regions, milliseconds }
}
