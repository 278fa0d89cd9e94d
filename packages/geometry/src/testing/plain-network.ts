import { Dense, Network } from '@facet/models'
import { type Activation, tensor } from '@facet/tensor'

/** A layer as plain numbers, for checks that share no code with the engine. */
export interface PlainLayer {
  readonly weight: readonly (readonly number[])[]
  readonly bias: readonly number[] | null
  readonly activation: Activation
}

/** The layers of an engine network as plain numbers. */
export function plainLayers(network: Network): PlainLayer[] {
  return network.layers.map((layer) => ({
    weight: layer.weight.value.toArray() as number[][],
    bias: layer.bias === null ? null : (layer.bias.value.toArray() as number[]),
    activation: layer.activation,
  }))
}

/** What the layers of an engine network see of a point: less its centre, if it has one, in its precision. */
export function seenByLayers({ centre, dtype }: Network, point: readonly number[]): number[] {
  if (centre === null) return [...point]
  const from = centre.toArray() as number[]
  const difference = point.map((x, i) => x - from[i])
  return dtype === 'float32' ? difference.map(Math.fround) : difference
}

/** Plain numbers as an engine network. */
export function networkOf(layers: readonly PlainLayer[], dtype: 'float32' | 'float64' = 'float64'): Network {
  const dense = layers.map(
    ({ weight, bias, activation }, l) =>
      new Dense({
        name: `plain.${l}`,
        weight: tensor(
          weight.map((row) => [...row]),
          { dtype },
        ),
        bias: bias && tensor([...bias], { dtype }),
        activation,
      }),
  )
  return new Network(dense)
}

export function preactivations(layer: PlainLayer, input: readonly number[]): number[] {
  return layer.weight.map((row, u) => {
    let sum = layer.bias === null ? 0 : layer.bias[u]
    for (let i = 0; i < row.length; i++) sum += row[i] * input[i]
    return sum
  })
}

export function activate({ name, alpha }: Activation, x: number): number {
  if (name === 'identity' || x > 0) return x
  if (name === 'relu') return 0
  return name === 'abs' ? -x : alpha * x
}

/** The states of all units that have more than one, layer after layer, as a string of 0 and 1. */
export function plainCode(layers: readonly PlainLayer[], x: readonly number[]): string {
  let code = ''
  let value = x
  for (const layer of layers) {
    const inside = preactivations(layer, value)
    if (layer.activation.name !== 'identity') code += inside.map((p) => (p > 0 ? '1' : '0')).join('')
    value = inside.map((p) => activate(layer.activation, p))
  }
  return code
}

/** θ + t v. */
export function pointOnRay(theta: readonly number[], direction: readonly number[], t: number): number[] {
  return theta.map((x, i) => x + t * direction[i])
}

/** ∂ output / ∂ input at x, [out][in]: every layer's slopes times its weights. */
export function plainJacobian(layers: readonly PlainLayer[], x: readonly number[]): number[][] {
  let value = x
  let jacobian = x.map((_, i) => x.map((_, j) => Number(i === j)))
  for (const layer of layers) {
    const inside = preactivations(layer, value)
    const slopes = inside.map((p) => (p > 0 ? 1 : -activate(layer.activation, -1)))
    jacobian = layer.weight.map((row, u) =>
      x.map((_, j) => slopes[u] * row.reduce((sum, w, i) => sum + w * jacobian[i][j], 0)),
    )
    value = inside.map((p) => activate(layer.activation, p))
  }
  return jacobian
}
