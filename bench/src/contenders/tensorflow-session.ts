import type * as Core from '@tensorflow/tfjs-core'
import { checkedSteps } from '../work/step.ts'
import type {
  AffineWork,
  Arrays,
  ElementwiseWork,
  MatmulWork,
  ReductionWork,
  StepWork,
} from '../work/work.ts'
import { type Entry, type Session, Skip } from './contender.ts'

/** TensorFlow.js on the backend that `activate` switches to. */
export function prepareWith(tf: typeof Core, activate: () => Promise<void>): Session['prepare'] {
  const upload = (inputs: Arrays, name: string) =>
    tf.tensor(inputs[name].values, [...inputs[name].shape], 'float32')

  const entry = (compute: () => Core.Tensor, variant?: string): Entry => ({
    variant,
    activate,
    async result() {
      const output = compute()
      const values = await output.data()
      output.dispose()
      return values
    },
    clock: { kind: 'synchronous', run: () => compute().dispose() },
  })

  return {
    async matmul({ layout }: MatmulWork, inputs: Arrays) {
      await activate()
      const [a, b] = [upload(inputs, 'a'), upload(inputs, 'b')] as Core.Tensor2D[]
      const product = entry(() => tf.matMul(a, b, layout === 'tn', layout === 'nt'))
      return { entries: [product], release: () => tf.dispose([a, b]) }
    },
    async affine(_: AffineWork, inputs: Arrays) {
      await activate()
      const [x, weight, bias] = ['x', 'weight', 'bias'].map((name) => upload(inputs, name))
      const without = () => tf.tidy(() => tf.relu(layer(tf, x, weight, bias)))
      const both = () =>
        tf.tidy(() => {
          const pre = layer(tf, x, weight, bias)
          tf.greater(pre, 0)
          return tf.relu(pre)
        })
      return {
        entries: [entry(both, 'with codes'), entry(without, 'without codes')],
        release: () => tf.dispose([x, weight, bias]),
      }
    },
    async elementwise({ f }: ElementwiseWork, inputs: Arrays) {
      await activate()
      const [a, b] = [upload(inputs, 'a'), upload(inputs, 'b')]
      const ops = { exp: () => tf.exp(a), add: () => tf.add(a, b) }
      return { entries: [entry(ops[f])], release: () => tf.dispose([a, b]) }
    },
    async reduction({ axis }: ReductionWork, inputs: Arrays) {
      await activate()
      const a = upload(inputs, 'a')
      const sum = entry(() => tf.sum(a, axis))
      return { entries: [sum], release: () => tf.dispose([a]) }
    },
    async step(work: StepWork, inputs: Arrays) {
      if (work.objective !== 'ae') throw new Skip('no adapter: only the plain autoencoder has one')
      await activate()
      const data = upload(inputs, 'data') as Core.Tensor2D
      const training = startTraining(tf, inputs)
      const rows = data.shape[0]
      let at = 0
      const trained: Entry = {
        activate,
        async result() {
          const own = startTraining(tf, inputs)
          const losses = Array.from({ length: checkedSteps }, (_, s) => {
            const x = upload(inputs, `x${s}`) as Core.Tensor2D
            const loss = own.step(x)
            x.dispose()
            return [loss, loss]
          }).flat()
          own.release()
          return losses
        },
        clock: {
          kind: 'synchronous',
          run() {
            const from = at
            at = (at + work.batch) % (rows - work.batch)
            // Consecutive rows, not rows in random order: cheaper for it than a gather.
            const x = tf.slice(data, [from, 0], [work.batch, -1])
            training.step(x)
            x.dispose()
          },
        },
      }
      return {
        entries: [trained],
        release() {
          training.release()
          data.dispose()
        },
      }
    },
  }
}

/**
 * `x Wᵀ + b`. Not `tf.fused.matMul`, which on the wasm backend of 4.22.0 gives zeros for some of a layer with a transposed
 * weight and a bias (6 × 7 → 40: found by the check that precedes timing; its cpu backend is right).
 */
function layer(tf: typeof Core, x: Core.Tensor, weight: Core.Tensor, bias: Core.Tensor): Core.Tensor {
  return tf.add(tf.matMul(x, weight, false, true), bias)
}

/** The autoencoder whose weights are in `inputs`, ReLU everywhere but on the last layer, and its Adam. */
function startTraining(tf: typeof Core, inputs: Arrays) {
  const weights = Object.keys(inputs).filter((name) => name.endsWith('.weight'))
  const layers = weights.map((name) => {
    const bias = inputs[name.replace('.weight', '.bias')]
    const { shape, values } = inputs[name]
    return {
      weight: tf.variable(tf.tensor2d(values, shape as [number, number])),
      bias: tf.variable(tf.tensor1d(bias.values)),
    }
  })
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8)
  return {
    step(x: Core.Tensor2D): number {
      const loss = optimizer.minimize(
        () => {
          let y: Core.Tensor = x
          layers.forEach(({ weight, bias }, l) => {
            const pre = layer(tf, y, weight, bias)
            y = l + 1 < layers.length ? tf.relu(pre) : pre
          })
          return tf.losses.meanSquaredError(x, y) as Core.Scalar
        },
        true,
        layers.flatMap(({ weight, bias }) => [weight, bias]),
      )!
      const [value] = loss.dataSync()
      loss.dispose()
      return value
    },
    release() {
      tf.dispose(layers.flatMap(({ weight, bias }) => [weight, bias]))
      optimizer.dispose()
    },
  }
}
