import {
  add,
  affine,
  applySlopes,
  broadcastTo,
  identityActivation,
  matmul,
  reshape,
  type Tensor,
  transpose,
  zeros,
} from '@facet/tensor'
import type { Dense } from './dense.ts'
import type { JacobianFactors, TangentFactors } from './network.ts'
import { hasStates, type RegionCode, type RegionLayer } from './region-code.ts'

/*
 * The affine map of the region a code names (Eq. 5): A ← Q W A, B ← Q (W B + b), with Q the slopes of the states.
 * All of it is linear in each weight and constant in the code, and one product a layer serves the whole batch.
 */

/**
 * The transposed linear parts, one row for each input: [N, in, out], `tangents[n][i]` = ∂ output / ∂ input i (Eq. 8).
 * Comes without a transposition where inputs are fewer than outputs, as in a decoder.
 */
export function localTangents(layers: readonly Dense[], code: RegionCode): Tensor {
  return columnsAreCheaper(layers) ? pushColumns(layers, code) : transpose(pullRows(layers, code), [0, 2, 1])
}

/** The transposed linear parts without what they have in common. */
export function localTangentFactors(layers: readonly Dense[], code: RegionCode): TangentFactors {
  const last = layers[layers.length - 1]
  if (layers.length === 1 || hasStates(last) || !columnsAreCheaper(layers)) {
    return { rows: localTangents(layers, code), readout: null }
  }
  return { rows: pushColumns(layers.slice(0, -1), code), readout: last.weight.value }
}

/**
 * The linear parts with the weight of the first layer left unmultiplied. Where no layer has states the rows are the same for
 * all samples, and the product with that weight is one of `out` rows: nothing is gained by leaving it.
 */
export function localJacobianFactors(layers: readonly Dense[], code: RegionCode): JacobianFactors {
  if (layers.length === 1 || !layers.some(hasStates) || columnsAreCheaper(layers)) {
    return { rows: localJacobian(layers, code), readin: null, skip: null }
  }
  return { rows: rowsBehindFirst(layers, code), readin: layers[0].weight.value, skip: null }
}

/** The linear parts A [N, out, in]. */
export function localJacobian(layers: readonly Dense[], code: RegionCode): Tensor {
  return columnsAreCheaper(layers) ? transpose(pushColumns(layers, code), [0, 2, 1]) : pullRows(layers, code)
}

/**
 * What the maps make of one point, [N, out]; of `null`, which is 0, they make the constant parts B.
 * @param point [1, in]
 */
export function localOffset(layers: readonly Dense[], code: RegionCode, point: Tensor | null = null): Tensor {
  const [first, ...rest] = layers
  const origin = zeros([code.count, first.outputs], first.weight.value.dtype)
  const inside = point === null ? (first.bias?.value ?? null) : withBias(first, point)
  const start = inside === null ? origin : add(origin, inside)
  let offset = throughStates(code.layers[0], start, start.shape)
  rest.forEach((layer, l) => {
    const inside = withBias(layer, offset)
    offset = throughStates(code.layers[l + 1], inside, inside.shape)
  })
  return offset
}

/** A v for one vector a sample, v [N, in], to [N, out]: A itself is never built. */
export function pushVectors(layers: readonly Dense[], code: RegionCode, v: Tensor): Tensor {
  return layers.reduce((inside, { weight }, l) => {
    const pushed = matmul(inside, weight.value, { transposeB: true })
    return throughStates(code.layers[l], pushed, pushed.shape)
  }, v)
}

/** Input columns forward, as stacked rows [N, in, units]: starts from Wᵀ itself, which is W applied to the unit vectors. */
export function pushColumns(layers: readonly Dense[], code: RegionCode): Tensor {
  const inputs = layers[0].inputs
  const batched = (l: number) => [code.count, inputs, layers[l].outputs]
  let columns = throughStates(code.layers[0], transpose(layers[0].weight.value), batched(0))
  for (let l = 1; l < layers.length; l++) {
    const pushed = timesMatrix(columns, layers[l].weight.value, true)
    columns = throughStates(code.layers[l], pushed, batched(l))
  }
  return broadcastTo(columns, batched(layers.length - 1))
}

/** Output rows backward, [N, out, in]: starts from Q W of the last layer. */
export function pullRows(layers: readonly Dense[], code: RegionCode): Tensor {
  const [first] = layers
  const rows =
    layers.length === 1
      ? slopedWeight(first, code, 0)
      : timesMatrix(rowsBehindFirst(layers, code), first.weight.value, false)
  return broadcastTo(rows, [code.count, layers[layers.length - 1].outputs, first.inputs])
}

/** Output rows pulled back through the slopes of the first of several layers, [N, out, w]; [out, w] where no layer has states. */
function rowsBehindFirst(layers: readonly Dense[], code: RegionCode): Tensor {
  const last = layers.length - 1
  const sloped = (rows: Tensor, l: number) =>
    throughStates(code.layers[l], rows, [code.count, layers[last].outputs, layers[l].outputs])
  let rows = sloped(slopedWeight(layers[last], code, last), last - 1)
  for (let l = last - 1; l > 0; l--) rows = sloped(timesMatrix(rows, layers[l].weight.value, false), l - 1)
  return rows
}

/** Q W of layer l, [N, out, in]; W itself where it has no states. */
function slopedWeight({ weight, inputs, outputs }: Dense, code: RegionCode, l: number): Tensor {
  if (!hasStates(code.layers[l])) return weight.value
  // Slopes act on the last axis, and here that must be the layer's outputs.
  const columns = throughStates(code.layers[l], transpose(weight.value), [code.count, inputs, outputs])
  return transpose(columns, [0, 2, 1])
}

function withBias({ weight, bias }: Dense, x: Tensor): Tensor {
  return affine(x, weight.value, bias?.value ?? null, identityActivation).output
}

/**
 * Columns cost `in` products with every weight but the first, rows `out` with every weight but the last. Of two layers both take
 * the same, and what is fewer has fewer slopes to take.
 */
function columnsAreCheaper(layers: readonly Dense[]): boolean {
  const { inputs } = layers[0]
  const { outputs } = layers[layers.length - 1]
  const sizes = layers.map((layer) => layer.inputs * layer.outputs)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const columns = inputs * (total - sizes[0])
  const rows = outputs * (total - sizes[sizes.length - 1])
  return columns < rows || (columns === rows && inputs <= outputs)
}

/** Q of one layer on the last axis. Identity layers change nothing, so what is the same for all samples stays one copy. */
function throughStates(layer: RegionLayer, x: Tensor, batched: readonly number[]): Tensor {
  return hasStates(layer) ? applySlopes(layer.words, broadcastTo(x, batched), layer.activation) : x
}

/** `x · matrix` (or its transpose) over the last axis, as one product whatever the leading axes. */
function timesMatrix(x: Tensor, matrix: Tensor, transposeB: boolean): Tensor {
  const lead = x.shape.slice(0, -1)
  const count = lead.reduce((product, size) => product * size, 1)
  const flat = reshape(x, [count, x.shape[x.rank - 1]])
  return reshape(matmul(flat, matrix, { transposeB }), [...lead, matrix.shape[transposeB ? 0 : 1]])
}
