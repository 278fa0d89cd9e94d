import type { Layer, Network } from '@facet/models'
import { mean, mul, square, sum, type Tensor } from '@facet/tensor'
import type { Json } from '../../network-file/json.ts'
import { statePaths } from '../../network-file/state-paths.ts'
import { type Gradient, gradientOf } from '../gradient.ts'

type Quantity = (network: Network, x: Tensor) => Json

/** All that a file of layers expects. */
export const layersQuantities: Readonly<Record<string, Quantity>> = {
  stateLayers: ({ layers }) => statePaths(layers),
  output: (network, x) => network.apply(x).toArray(),
  states: (network, x) => states(network, x),
  A: (network, x) => network.jacobian(x).toArray(),
  b: (network, x) => network.localAffine(x).b.toArray(),
  meanSquaredOutput: valueAndGradient((network, x) => mean(square(network.apply(x)))),
  meanSquaredNormA: valueAndGradient((network, x) => {
    const A = network.jacobian(x)
    return mul(sum(square(A)), 1 / A.shape[0])
  }),
}

/** [sample][layer with states][unit] */
function states(network: Network, x: Tensor): Json {
  const rows = network.regionCode(x).states().toArray() as number[][]
  return rows.map((row) => {
    let from = 0
    return network.groups.map(({ units }) => row.slice(from, (from += units)))
  })
}

/** A scalar with its gradient, the states held: a tree shaped like the layers of the file. */
function valueAndGradient(scalar: (network: Network, x: Tensor) => Tensor): Quantity {
  return (network, x) =>
    gradientOf(
      network.parameters,
      () => scalar(network, x),
      (gradient) => ({
        value: gradient.value,
        grad: network.layers.map((layer) => layerGradient(layer, gradient)),
      }),
    )
}

function layerGradient({ inside, parameters }: Layer, gradient: Gradient): Json {
  if (inside.length > 0) {
    const layers = inside.map((within) => layerGradient(within, gradient))
    const [skip] = parameters.slice(inside.flatMap((within) => within.parameters).length)
    return skip === undefined ? { layers } : { layers, skip: { W: gradient.of(skip).toArray() } }
  }
  const [weight, bias] = parameters
  return {
    ...(weight && { W: gradient.of(weight).toArray() }),
    ...(bias && { b: gradient.of(bias).toArray() }),
  }
}
