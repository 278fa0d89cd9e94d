import { broadcastTo, type Tensor, transpose } from '@facet/tensor'
import type { Chain } from '../layers/chain.ts'
import type { JacobianFactors, LayerCode, TangentFactors, Vectors } from '../layers/layer.ts'

/*
 * The linear part of the affine map that a code names (Eq. 5), of all samples at once: linear in each weight and constant in the code.
 * Unit vectors go forward or backward, whichever costs less.
 */

/** The transposed linear parts, [N, in, out]: row i is ∂ output / ∂ input i (Eq. 8). */
export function localTangents(chain: Chain, code: LayerCode, count: number): Tensor {
  return columnsAreCheaper(chain)
    ? forSamples(chain.push(code, null), chain.inputs, chain, count)
    : transpose(forSamples(chain.pull(code, null), chain.outputs, chain, count), [0, 2, 1])
}

/** The linear parts A, [N, out, in]. */
export function localJacobian(chain: Chain, code: LayerCode, count: number): Tensor {
  return columnsAreCheaper(chain)
    ? transpose(forSamples(chain.push(code, null), chain.inputs, chain, count), [0, 2, 1])
    : forSamples(chain.pull(code, null), chain.outputs, chain, count)
}

/** The transposed linear parts without what they have in common. */
export function localTangentFactors(chain: Chain, code: LayerCode, count: number): TangentFactors {
  if (!columnsAreCheaper(chain)) return { rows: localTangents(chain, code, count), readout: null }
  const { rows, readout } = chain.tangentFactors(code, null)
  return { rows: forSamples(rows, chain.inputs, chain, count), readout }
}

/**
 * The linear parts with the weight of the first layer left unmultiplied. Where no layer has states the rows are the same for
 * all samples, and the product with that weight is one of `out` rows: nothing is gained by leaving it.
 */
export function localJacobianFactors(chain: Chain, code: LayerCode, count: number): JacobianFactors {
  if (chain.groups.length === 0 || columnsAreCheaper(chain))
    return { rows: localJacobian(chain, code, count), readin: null, skip: null }
  const { rows, readin, skip } = chain.jacobianFactors(code, null)
  return { rows: forSamples(rows, chain.outputs, chain, count), readin, skip }
}

/** Of two ways that cost the same, that of fewer vectors has fewer slopes to take. */
function columnsAreCheaper({ inputs, outputs, unitCost }: Chain): boolean {
  const [columns, rows] = [inputs * unitCost.push, outputs * unitCost.pull]
  return columns < rows || (columns === rows && inputs <= outputs)
}

/** What is the same for all samples, once for each. */
function forSamples(v: Vectors, size: number, chain: Chain, count: number): Tensor {
  const vectors = chain.vectors(v, size)
  return broadcastTo(vectors, [count, vectors.shape[1], vectors.shape[2]])
}
