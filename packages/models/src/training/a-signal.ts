import { aValue } from '@facet/tensor/checks'

/** Signals that end work, as options. */
export const aSignal = aValue<AbortSignal>(
  'an AbortSignal',
  (value) => typeof (value as AbortSignal)?.aborted === 'boolean',
)
