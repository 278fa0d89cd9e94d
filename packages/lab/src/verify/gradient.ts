import { valueAndGrad } from '@facet/autograd'
import { type Dense, type Network, withValues } from '@facet/models'
import { scope, type Tensor } from '@facet/tensor'
import type { Json } from './golden.ts'
import type { Penalty } from './penalties.ts'
import type { Rebuilt } from './rebuild.ts'

/** A scalar with its gradient, laid out as the golden files do: `{value, grad: {enc: [{W, b}], dec, G}}`. */
export function valueAndGradient(net: Rebuilt, penalty: Penalty): Json {
  return scope(() => {
    const parameters = [...net.model.parameters, net.generators]
    const { value, gradient } = valueAndGrad((values: readonly Tensor[]) =>
      withValues(parameters, values, () => penalty(net)),
    )(parameters.map((parameter) => parameter.value))
    const byParameter = new Map(parameters.map((parameter, i) => [parameter, gradient[i].toArray() as Json]))
    const layer = ({ weight, bias }: Dense): Json => ({
      W: byParameter.get(weight) as Json,
      b: bias === null ? null : (byParameter.get(bias) as Json),
    })
    const layers = (network: Network): Json => network.layers.map(layer)
    return {
      value: value.item(),
      grad: {
        enc: layers(net.model.encoder),
        dec: layers(net.model.decoder),
        G: byParameter.get(net.generators) as Json,
      },
    }
  })
}
