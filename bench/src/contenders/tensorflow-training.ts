import type * as Core from '@tensorflow/tfjs-core'
import type { Arrays } from '../work/work.ts'
import { firstOrderPenalty, type Pairs } from './tensorflow-first-order.ts'

/** λ of the regularizer, our default. */
const weight = 0.01

/**
 * `x Wᵀ + b`. Not `tf.fused.matMul`, which on the wasm backend of 4.22.0 gives zeros for some of a layer with a transposed
 * weight and a bias (6 × 7 → 40: found by the check that precedes timing; its cpu backend is right).
 */
export function layer(tf: typeof Core, x: Core.Tensor, weight: Core.Tensor, bias: Core.Tensor): Core.Tensor {
  return tf.add(tf.matMul(x, weight, false, true), bias)
}

/** The autoencoder whose weights are in `inputs`, ReLU everywhere but on the last layer, with its Adam. */
export function startTensorFlowTraining(tf: typeof Core, inputs: Arrays) {
  // Within `tidy`, which gives back what a variable is made from.
  const variable = (name: string) =>
    tf.tidy(() => tf.variable(tf.tensor(inputs[name].values, [...inputs[name].shape])))
  const layersOf = (part: string) =>
    Object.keys(inputs)
      .filter((name) => name.startsWith(part) && name.endsWith('.weight'))
      .map((name) => ({ weight: variable(name), bias: variable(name.replace('.weight', '.bias')) }))
  const [encoder, decoder] = [layersOf('encoder.'), layersOf('decoder.')]
  const generators = inputs.generators === undefined ? null : variable('generators')
  const variables = [...encoder, ...decoder].flatMap((one) => [one.weight, one.bias])
  if (generators !== null) variables.push(generators)
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8)

  const through = (layers: typeof encoder, x: Core.Tensor): Core.Tensor =>
    layers.reduce((y, own) => {
      const pre = layer(tf, y, own.weight, own.bias)
      return own === decoder[decoder.length - 1] ? pre : tf.relu(pre)
    }, x)
  const decode = (z: Core.Tensor) => through(decoder, z) as Core.Tensor2D

  return {
    /**
     * @param pairs of latent points, where there are generators to learn
     * @returns the loss, the squared error within it, and the penalty where there is one; the caller's to dispose.
     */
    step(x: Core.Tensor, pairs: Pairs | null): Core.Scalar[] {
      const values: Core.Scalar[] = []
      const loss = optimizer.minimize(
        () => {
          const error = tf.losses.meanSquaredError(x, decode(through(encoder, x))) as Core.Scalar
          values.push(tf.keep(error))
          if (generators === null || pairs === null) return error
          const penalty = firstOrderPenalty(tf, decode, generators, pairs) as Core.Scalar
          values.push(tf.keep(penalty))
          return tf.add(error, tf.mul(penalty, weight)) as Core.Scalar
        },
        true,
        variables,
      )!
      return [loss, ...values]
    },
    reconstruct: (x: Core.Tensor): Core.Tensor => decode(through(encoder, x)),
    release() {
      tf.dispose(variables)
      optimizer.dispose()
    },
  }
}
