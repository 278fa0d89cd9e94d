import { valueAndGrad } from '@facet/autograd'
import { type Layer, type Network, type Parameter, withValues } from '@facet/models'
import { scope, type Tensor } from '@facet/tensor'
import type { Json } from '../network-file/json.ts'
import type { Penalty } from './penalties.ts'
import type { Rebuilt } from './rebuild.ts'

/** The value of a scalar, and its gradient by parameter. */
export interface Gradient {
  readonly value: number
  of(parameter: Parameter): Tensor
}

/** A scalar of the parameters and its gradient, written as `layOut` lays them out. */
export function gradientOf(
  parameters: readonly Parameter[],
  scalar: () => Tensor,
  layOut: (gradient: Gradient) => Json,
): Json {
  return scope(() => {
    const values = parameters.map((parameter) => parameter.value)
    const { value, gradient } = valueAndGrad((traced: readonly Tensor[]) =>
      withValues(parameters, traced, scalar),
    )(values)
    return layOut({ value: value.item(), of: (parameter) => gradient[parameters.indexOf(parameter)] })
  })
}

/** A scalar with its gradient, laid out as the golden files do: `{value, grad: {enc: [{W, b}], dec, G}}`. */
export function valueAndGradient(net: Rebuilt, penalty: Penalty): Json {
  const { model, generators } = net
  return gradientOf(
    [...model.parameters, generators],
    () => penalty(net),
    (gradient) => {
      const layer = ({ parameters: [weight, bias] }: Layer): Json => ({
        W: gradient.of(weight).toArray(),
        b: bias === undefined ? null : gradient.of(bias).toArray(),
      })
      const layers = (network: Network): Json => network.layers.map(layer)
      return {
        value: gradient.value,
        grad: {
          enc: layers(model.encoder),
          dec: layers(model.decoder),
          G: gradient.of(generators).toArray(),
        },
      }
    },
  )
}
