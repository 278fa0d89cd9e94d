import { type Parameter, withValues } from '@facet/models'
import { stopGradient } from '@facet/tensor'

/**
 * Runs `f` with the parameters held: what it computes leaves nothing on the tape. For samplers and searches, whose
 * results are constants of a training step.
 */
export function withoutGradient<T>(parameters: readonly Parameter[], f: () => T): T {
  return withValues(
    parameters,
    parameters.map((parameter) => stopGradient(parameter.value)),
    f,
  )
}
