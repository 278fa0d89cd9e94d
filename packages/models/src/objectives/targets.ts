import { formatShape, type Tensor } from '@facet/tensor'
import { type Model, outputsOf } from '../model.ts'
import { Network } from '../network.ts'

/** Targets in an error: `float32 [6, 1]`. */
export const describeTargets = (y: Tensor | undefined): string =>
  y === undefined ? 'none' : `${y.dtype} ${formatShape(y.shape)}`

/** Whether targets are floats with a number for every output. */
export const isLikeOutputs = (y: Tensor, model: Model): boolean =>
  y.rank === 2 && y.shape[1] === outputsOf(model) && y.dtype === model.dtype

/** @throws RangeError unless targets are floats [n, out] in the dtype of the model. */
export function expectLikeOutputs(what: string, model: Model, y: Tensor | undefined): asserts y is Tensor {
  if (y !== undefined && isLikeOutputs(y, model)) return
  const whose = model instanceof Network ? "the network's" : "the autoencoder's"
  throw new RangeError(
    `${what}: expected y ${model.dtype} [n, ${outputsOf(model)}], as ${whose} outputs, got ${describeTargets(y)}`,
  )
}
