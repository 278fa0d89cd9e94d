import { type Network, withValues } from '@facet/models'
import { stopGradient } from '@facet/tensor'

/**
 * Runs `f` with the network's weights taken as constants. Which region lies next door has no gradient, so inside a
 * training step a search must not leave a trace.
 */
export function withConstantWeights<T>(network: Network, f: () => T): T {
  const parameters = network.parameters
  const values = parameters.map((parameter) => stopGradient(parameter.value))
  return withValues(parameters, values, f)
}
