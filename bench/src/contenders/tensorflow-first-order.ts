import type * as Core from '@tensorflow/tfjs-core'

type Tf = typeof Core

/** Latent points [P, h] two by two. */
export interface Pairs {
  readonly theta: Core.Tensor
  readonly thetaPrime: Core.Tensor
}

/** Of the Gram matrices, relative to their mean eigenvalue, and our other defaults. */
const ridge = 1e-5
const spread = 0.1

export function drawPairs(tf: Tf, pairs: number, bottleneck: number): Pairs {
  const theta = tf.randomNormal([pairs, bottleneck])
  return { theta, thetaPrime: tf.add(theta, tf.randomNormal([pairs, bottleneck], 0, spread)) }
}

/** `mean_pairs ‖D(θ) − D(θ') − Σ_k ε_k G_k D(θ')‖²`, ε held: what `lieGroupFirstOrder` adds to the loss. */
export function firstOrderPenalty(
  tf: Tf,
  decode: (z: Core.Tensor) => Core.Tensor2D,
  generators: Core.Tensor,
  { theta, thetaPrime }: Pairs,
): Core.Tensor {
  const [pairs] = theta.shape
  const [count, dimension] = generators.shape
  const [target, base] = tf.split(decode(tf.concat([theta, thetaPrime], 0)), 2) as Core.Tensor2D[]
  const stacked = tf.reshape(generators, [count * dimension, dimension])
  const images = tf.reshape(tf.matMul(base, stacked, false, true), [pairs, count, dimension]) as Core.Tensor3D
  const difference = tf.reshape(tf.sub(target, base), [pairs, 1, dimension]) as Core.Tensor3D
  const epsilon = held(tf, () => solveEpsilon(tf, images, difference))
  const residual = tf.sub(difference, tf.matMul(epsilon, images))
  return tf.div(tf.sum(tf.square(residual)), pairs)
}

/** What `compute` gives, as a constant: TensorFlow.js has no `stopGradient`, and records nothing inside of an op of one's own. */
function held(tf: Tf, compute: () => Core.Tensor): Core.Tensor {
  const constant = tf.customGrad((none: unknown) => ({
    value: compute(),
    gradFunc: () => tf.zerosLike(none as Core.Tensor),
  }))
  return constant(tf.scalar(0))
}

/** The ridged least squares of every pair with one correction: images [P, h, d] and differences [P, 1, d] to ε [P, 1, h]. */
function solveEpsilon(tf: Tf, images: Core.Tensor3D, difference: Core.Tensor3D): Core.Tensor {
  const [, count] = images.shape
  const gram = tf.matMul(images, images, false, true)
  const one = tf.eye(count)
  // A Gram matrix of zeros (a base of zeros) gives 0.
  const trace = tf.sum(tf.mul(gram, one), [1, 2], true)
  const diagonal = tf.maximum(tf.mul(trace, ridge / count), 1e-30)
  const inverted = inverseOf(tf, tf.add(gram, tf.mul(one, diagonal)))
  // Symmetric: rows times it.
  const first = tf.matMul(tf.matMul(difference, images, false, true), inverted)
  const left = tf.sub(difference, tf.matMul(first, images))
  const defect = tf.sub(tf.matMul(left, images, false, true), tf.mul(first, diagonal))
  return tf.add(first, tf.matMul(defect, inverted))
}

/**
 * The inverses of positive definite matrices [P, h, h] by Gauss and Jordan, without exchanges: such pivots are positive. TensorFlow.js has
 * no Cholesky factors. Column k of `A − (A e_k − e_k) · (e_kᵀ A) / a_kk` is that of the unit matrix.
 *
 * 80 small ops for h = 10. Done on the host instead, numbers travelling there and back, a step of 128-64-64-10 took 1.1 of the
 * time on WebGL (SwiftShader) and the same on wasm, shortest of 25 and 15 rounds.
 */
function inverseOf(tf: Tf, matrices: Core.Tensor3D): Core.Tensor3D {
  const [pairs, count] = matrices.shape
  const one = tf.eye(count)
  let both = tf.concat([matrices, tf.tile(tf.expandDims(one, 0), [pairs, 1, 1])], 2) as Core.Tensor3D
  for (let k = 0; k < count; k++) {
    const row = tf.slice(both, [0, k, 0], [-1, 1, -1])
    const scaled = tf.div(row, tf.slice(both, [0, k, k], [-1, 1, 1]))
    const column = tf.sub(tf.slice(both, [0, 0, k], [-1, -1, 1]), tf.slice(one, [0, k], [-1, 1]))
    both = tf.sub(both, tf.mul(column, scaled))
  }
  return tf.slice(both, [0, 0, count], [-1, -1, -1])
}
