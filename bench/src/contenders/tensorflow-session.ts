import type * as Core from '@tensorflow/tfjs-core'
import { checkedSteps } from '../work/step.ts'
import type {
  AffineWork,
  Arrays,
  ChainWork,
  ConvWork,
  ElementwiseWork,
  MatmulWork,
  ReductionWork,
  StepWork,
} from '../work/work.ts'
import { type Entry, type Session, Skip } from './contender.ts'
import { convLayer, nchw, startConvTraining, uploadConv } from './tensorflow-conv.ts'
import { drawPairs } from './tensorflow-first-order.ts'
import { layer, startTensorFlowTraining } from './tensorflow-training.ts'

/**
 * TensorFlow.js on the backend that `activate` switches to.
 *
 * @param reads how a step's loss is read: on WebGPU a number that is waited for in place takes a detour through a canvas
 */
export function prepareWith(
  tf: typeof Core,
  activate: () => Promise<void>,
  reads: 'synchronous' | 'promised' = 'synchronous',
): Session['prepare'] {
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
    async chain({ length, scoped }: ChainWork, inputs: Arrays) {
      await activate()
      const [a, b] = [upload(inputs, 'a'), upload(inputs, 'b')]
      const sums = () =>
        tf.tidy(() => {
          let y = a
          for (let i = 0; i < length; i++) y = scoped ? tf.tidy(() => tf.add(y, b)) : tf.add(y, b)
          return y
        })
      return { entries: [entry(sums)], release: () => tf.dispose([a, b]) }
    },
    async reduction({ axis }: ReductionWork, inputs: Arrays) {
      await activate()
      const a = upload(inputs, 'a')
      const sum = entry(() => tf.sum(a, axis))
      return { entries: [sum], release: () => tf.dispose([a]) }
    },
    async conv(work: ConvWork, inputs: Arrays) {
      await activate()
      if (work.pass === 'forward') {
        const { x, weight, bias } = uploadConv(tf, inputs)
        const compute = () => convLayer(tf, x, weight, bias)
        const result = async () => {
          const y = compute()
          const values = await nchw(tf, y)
          y.dispose()
          return values
        }
        return { entries: [{ ...entry(compute), result }], release: () => tf.dispose([x, weight, bias]) }
      }
      const training = startConvTraining(tf, work, inputs)
      const trained: Entry = {
        activate,
        async result() {
          const own = startConvTraining(tf, work, inputs)
          const numbers = await own.result()
          own.release()
          return numbers
        },
        clock: {
          kind: 'synchronous',
          run() {
            const values = training.step()
            values[0].dataSync()
            tf.dispose(values)
          },
        },
      }
      return { entries: [trained], release: () => training.release() }
    },
    async step(work: StepWork, inputs: Arrays) {
      const { objective, batch, bottleneck } = work
      if (objective !== 'ae' && objective !== 'lieGroupFirstOrder') {
        throw new Skip('no adapter: the plain autoencoder and the first order have one')
      }
      await activate()
      const data = upload(inputs, 'data') as Core.Tensor2D
      const start = () => startTensorFlowTraining(tf, inputs)
      const training = start()
      const rows = data.shape[0]
      let at = 0
      /** One step on consecutive rows, not on rows in random order: cheaper for it than a gather. */
      const next = () =>
        tf.tidy(() => {
          const from = at
          at = (at + batch) % (rows - batch)
          const x = tf.slice(data, [from, 0], [batch, -1])
          return training.step(x, objective === 'ae' ? null : drawPairs(tf, batch, bottleneck))
        })
      const trained: Entry = {
        activate,
        async result() {
          const own = start()
          const losses: number[] = []
          for (let s = 0; s < checkedSteps; s++) {
            const x = upload(inputs, `x${s}`)
            const pairs =
              objective === 'ae'
                ? null
                : { theta: upload(inputs, `theta${s}`), thetaPrime: upload(inputs, `thetaPrime${s}`) }
            const values = own.step(x, pairs)
            for (const value of values) losses.push(...(await value.data()))
            tf.dispose([x, ...Object.values(pairs ?? {}), ...values])
          }
          own.release()
          return losses
        },
        clock:
          reads === 'synchronous'
            ? {
                kind: 'synchronous',
                run() {
                  const values = next()
                  values[0].dataSync()
                  tf.dispose(values)
                },
              }
            : {
                kind: 'deferred',
                async run() {
                  const values = next()
                  await values[0].data()
                  tf.dispose(values)
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
