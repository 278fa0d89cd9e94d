import type * as Core from '@tensorflow/tfjs-core'
import { rate } from '../work/conv.ts'
import { checkedSteps } from '../work/step.ts'
import type { Arrays, ConvWork } from '../work/work.ts'

type Tf = typeof Core

/** From NCHW to the NHWC that TensorFlow.js computes in, from OIHW to HWIO, and back. */
const [toNhwc, toHwio, toNchw, toOihw] = [
  [0, 2, 3, 1],
  [2, 3, 1, 0],
  [0, 3, 1, 2],
  [3, 2, 0, 1],
] as const

/** The operands as TensorFlow.js lays them out. */
export function uploadConv(tf: Tf, inputs: Arrays) {
  const upload = (name: string, order: readonly [number, number, number, number]) =>
    tf.tidy(() => {
      const { shape, values } = inputs[name]
      return tf.transpose(tf.tensor4d(values, shape as [number, number, number, number]), [...order])
    })
  return {
    x: upload('x', toNhwc),
    weight: upload('weight', toHwio),
    bias: tf.tensor1d(inputs.bias.values),
    target: inputs.target === undefined ? null : upload('target', toNhwc),
  }
}

/**
 * `max(x ⋆ W + b, 0)` by its fused kernel. `tf.fused.conv2d` runs that only outside of a gradient (4.22.0), where activations are ops of
 * their own.
 */
export function convLayer(tf: Tf, x: Core.Tensor4D, weight: Core.Tensor4D, bias: Core.Tensor1D) {
  const attributes = {
    strides: [1, 1],
    dilations: [1, 1],
    pad: 'same',
    dataFormat: 'NHWC',
    activation: 'relu',
  }
  return tf.engine().runKernel('FusedConv2D', { x, filter: weight, bias }, attributes) as Core.Tensor4D
}

/** {@link convLayer} with gradients that its backends are fast at. */
function differentiableLayer(
  tf: Tf,
  x: Core.Tensor4D,
  weight: Core.Tensor4D,
  bias: Core.Tensor1D,
  inner: boolean,
): Core.Tensor {
  const layer = tf.customGrad((...args) => {
    const save = args.pop() as Core.GradSaveFunc
    const [w, b, input = x] = args as unknown as [Core.Tensor4D, Core.Tensor1D, Core.Tensor4D?]
    const value = convLayer(tf, input, w, b)
    save([value])
    return {
      value,
      gradFunc(dy: Core.Tensor, [y]: Core.Tensor[]) {
        // `step` is its fastest mask: `where` takes 16 to 20 times as long.
        const g = tf.mul(dy, tf.step(y)) as Core.Tensor4D
        const own = [filterGradient(tf, input, g, w.shape), biasGradient(tf, g)]
        return inner ? [...own, inputGradient(tf, g, w)] : own
      },
    }
  })
  return inner ? layer(weight, bias, x) : layer(weight, bias)
}

/**
 * Its wasm backend has no kernel for this ("Kernel 'Conv2DBackpropFilter' not registered"), that of its cpu backend takes 2 s where the first way here takes 40 ms.
 * Fastest of six ways that were tried on wasm: a convolution of x with g where channels are images and images channels; for a single channel, of
 * which that makes one image, a product with windows that lie pixel by pixel: 0.7 against 1.2 ms at 1×28×28 → 16, batch 16, and
 * 3.4 against 1.8 at 16×14×14 → 32.
 */
function filterGradient(tf: Tf, x: Core.Tensor4D, g: Core.Tensor4D, shape: readonly number[]): Core.Tensor {
  const [rows, columns, channels, filters] = shape
  if (channels > 1 || tf.getBackend() !== 'wasm') {
    const images = tf.transpose(x, [3, 1, 2, 0])
    const windows = tf.transpose(g, [1, 2, 0, 3])
    const around: [number, number][] = [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ]
    const found = tf.conv2d(images, windows, 1, around as never)
    return tf.transpose(found, [1, 2, 0, 3])
  }
  const [batch, height, width] = x.shape
  const pixels = batch * height * width
  const padded = tf.pad(tf.reshape(x, [batch, height, width]), [
    [0, 0],
    [1, 1],
    [1, 1],
  ])
  const shifted = Array.from({ length: rows * columns }, (_, tap) =>
    tf.reshape(tf.slice(padded, [0, Math.floor(tap / columns), tap % columns], [batch, height, width]), [
      1,
      pixels,
    ]),
  )
  const found = tf.matMul(tf.concat(shifted, 0), tf.reshape(g, [pixels, filters]))
  return tf.reshape(found, [...shape])
}

/** As a product with ones: its sum over the first axes takes 4 to 17 times as long. */
function biasGradient(tf: Tf, g: Core.Tensor4D): Core.Tensor {
  const filters = g.shape[3]
  const pixels = g.size / filters
  return tf.reshape(tf.matMul(tf.ones([1, pixels]), tf.reshape(g, [pixels, filters])), [filters])
}

/** As a convolution with W turned round: its kernel of the transposed one takes 10 times as long. */
function inputGradient(tf: Tf, g: Core.Tensor4D, weight: Core.Tensor4D): Core.Tensor {
  const turned = tf.transpose(tf.reverse(weight, [0, 1]), [0, 1, 3, 2]) as Core.Tensor4D
  return tf.conv2d(g, turned, 1, 'same')
}

/**
 * With a gradient in two ops: that of `tf.losses.meanSquaredError` takes 3 to 10 times as long as both together (7.3 against 0.7 ms at 32×14×14, batch 64).
 * Summed image by image: one sum of 800,000 numbers is off by 4e-4 in its wasm backend.
 */
function meanSquaredError(tf: Tf, output: Core.Tensor, target: Core.Tensor): Core.Scalar {
  const error = tf.customGrad((...args) => {
    const [y, save] = args as unknown as [Core.Tensor, Core.GradSaveFunc]
    const difference = tf.sub(y, target)
    save([difference])
    return {
      value: tf.mean(tf.mean(tf.square(difference), [1, 2, 3])),
      gradFunc: (dy: Core.Tensor, [d]: Core.Tensor[]) => tf.mul(d, tf.mul(dy, 2 / d.size)),
    }
  })
  return error(output) as Core.Scalar
}

/** Loss, gradients and plain descent of the layer, on the active backend. */
export function startConvTraining(tf: Tf, { inner }: ConvWork, inputs: Arrays) {
  const { x, target, ...first } = uploadConv(tf, inputs)
  const [weight, bias] = [first.weight, first.bias].map((values) => tf.variable(values))
  tf.dispose([first.weight, first.bias])
  const optimizer = tf.train.sgd(rate)
  const loss = (w: Core.Tensor, b: Core.Tensor, input: Core.Tensor = x) => {
    const y = differentiableLayer(tf, input as Core.Tensor4D, w as Core.Tensor4D, b as Core.Tensor1D, inner)
    return meanSquaredError(tf, y, target!)
  }
  const differentiate = tf.valueAndGrads(loss as (...x: Core.Tensor[]) => Core.Scalar)

  /** @returns the loss, and the gradient with respect to x where it is wanted; the caller's to dispose. */
  const step = (): Core.Tensor[] =>
    tf.tidy(() => {
      const { value, grads } = differentiate(inner ? [weight, bias, x] : [weight, bias])
      const [ofWeight, ofBias, ...ofX] = grads
      optimizer.applyGradients([
        { name: weight.name, tensor: ofWeight },
        { name: bias.name, tensor: ofBias },
      ])
      return [value, ...ofX]
    })
  return {
    step,
    /** What the check of the work wants. */
    async result(): Promise<number[]> {
      const losses: number[] = []
      let ofX: Iterable<number> = []
      for (let s = 0; s < checkedSteps; s++) {
        const [loss, gradient] = step()
        losses.push(...(await loss.data()))
        if (s === 0 && gradient !== undefined) ofX = await nchw(tf, gradient)
        tf.dispose([loss, gradient])
      }
      const turned = tf.transpose(weight, [...toOihw])
      const numbers = [...losses, ...(await turned.data()), ...(await bias.data()), ...ofX]
      turned.dispose()
      return numbers
    },
    release() {
      tf.dispose([x, target!, weight, bias])
      optimizer.dispose()
    },
  }
}

/** The numbers of an NHWC tensor in the order of NCHW. */
export async function nchw(tf: Tf, y: Core.Tensor): Promise<ArrayLike<number> & Iterable<number>> {
  const turned = tf.transpose(y, [...toNchw])
  const values = await turned.data()
  turned.dispose()
  return values
}
