import type * as Jax from '@jax-js/jax'
import { kernel, padding, rate } from '../work/conv.ts'
import { checkedSteps } from '../work/step.ts'
import type { Arrays, ConvWork, HostArray } from '../work/work.ts'

type Array = Jax.Array

type Convolution = (jax: typeof Jax, x: Array, weight: Array) => Array

const around: [number, number][] = [
  [padding, padding],
  [padding, padding],
]
const taps = Array.from({ length: kernel }, (_, i) => i)

/** Sum of arrays that are made one by one. */
const sumOf = (parts: readonly (() => Array)[]): Array =>
  parts.slice(1).reduce((sum, part) => sum.add(part()), parts[0]())

/** Channels first, so that a product over them is one product for all images: [C, N, S, S]. */
const channelsFirst = ({ numpy: np }: typeof Jax, x: Array) => np.transpose(x, [1, 0, 2, 3])
const padded = ({ numpy: np }: typeof Jax, x: Array) => np.pad(x, [[0, 0], [0, 0], ...around])

/** The library's own. */
const byConv: Convolution = ({ lax }, x, weight) => lax.conv(x, weight, [1, 1], around)

/** The image moved by every tap, times the tap's matrix. */
const byMovedInputs: Convolution = (jax, x, weight) => {
  const { numpy: np } = jax
  const [batch, channels, size] = x.shape
  const [filters] = weight.shape
  const image = padded(jax, channelsFirst(jax, x))
  const moved = (i: number, j: number) => image.ref.slice([], [], [i, i + size], [j, j + size])
  const products = taps.flatMap((i) =>
    taps.map(
      (j) => () =>
        np.matmul(weight.ref.slice([], [], i, j), moved(i, j).reshape([channels, batch * size * size])),
    ),
  )
  const y = sumOf(products).reshape([filters, batch, size, size])
  image.dispose()
  weight.dispose()
  return channelsFirst(jax, y)
}

/** The image times every tap's matrix, and the products moved. */
const byMovedOutputs: Convolution = (jax, x, weight) => {
  const { numpy: np } = jax
  const [batch, channels, size] = x.shape
  const [filters] = weight.shape
  const image = channelsFirst(jax, x).reshape([channels, batch * size * size])
  const product = (i: number, j: number) =>
    np.matmul(weight.ref.slice([], [], i, j), image.ref).reshape([filters, batch, size, size])
  const moved = taps.flatMap((i) =>
    taps.map((j) => () => padded(jax, product(i, j)).slice([], [], [i, i + size], [j, j + size])),
  )
  const y = sumOf(moved)
  image.dispose()
  weight.dispose()
  return channelsFirst(jax, y)
}

/** Windows of one row, and a product for each of the three rows of W. */
const byRows: Convolution = (jax, x, weight) => {
  const { numpy: np } = jax
  const [batch, channels, size] = x.shape
  const [filters] = weight.shape
  const image = padded(jax, channelsFirst(jax, x))
  const windows = np.concatenate(taps.map((j) => image.ref.slice([], [], [], [j, j + size])))
  const product = (i: number) => {
    const rows = windows.ref
      .slice([], [], [i, i + size], [])
      .reshape([kernel * channels, batch * size * size])
    const own = np.transpose(weight.ref.slice([], [], i, []), [0, 2, 1]).reshape([filters, kernel * channels])
    return np.matmul(own, rows)
  }
  const y = sumOf(taps.map((i) => () => product(i))).reshape([filters, batch, size, size])
  for (const used of [image, windows, weight]) used.dispose()
  return channelsFirst(jax, y)
}

/**
 * Fastest of five ways to write it with products, each compiled: its own convolution takes 7 to 30 times as long (batch 16, in ms, that / moved
 * inputs / moved outputs / rows: training 16×14×14 → 32 322 / 9.4 / 10.3 / 9.6, 1×28×28 → 16 23 / 5.2 / 8.2 / 7.5; forward 96 / 68 / 3.4 / 6.8 and
 * 12 / 3.7 / 3.8 / 1.7).
 */
const byProducts = ({ pass, channels }: ConvWork): Convolution =>
  pass === 'training' ? byMovedInputs : channels > 1 ? byMovedOutputs : byRows

/** Ways of jax-js by name: products compiled, and the library's own convolution compiled. */
export const jaxConvWays = { jit: byProducts, 'jit of lax.conv': () => byConv } as const

export type JaxConvWay = keyof typeof jaxConvWays

/** `max(x ⋆ W + b, 0)`; uses its arguments up, as every function of jax-js does. */
export function convLayer(jax: typeof Jax, work: ConvWork, way: JaxConvWay) {
  const convolution = jaxConvWays[way](work)
  return (x: Array, weight: Array, bias: Array): Array =>
    jax.nn.relu(convolution(jax, x, weight).add(bias.reshape([-1, 1, 1])))
}

/** Loss, gradients and plain descent of the layer as one function, compiled. */
export function startJaxConvTraining(jax: typeof Jax, work: ConvWork, inputs: Arrays, way: JaxConvWay) {
  const { numpy: np } = jax
  const upload = ({ shape, values }: HostArray) => np.array(values).reshape([...shape])
  const [x, target] = [upload(inputs.x), upload(inputs.target)]
  let [weight, bias] = [upload(inputs.weight), upload(inputs.bias)]

  const layer = convLayer(jax, work, way)
  // Image by image: one sum of 800,000 numbers is off by 4e-4 in it.
  const loss = (w: Array, b: Array, input: Array, wanted: Array): Array =>
    np.mean(np.mean(np.square(layer(input, w, b).sub(wanted)), [1, 2, 3]))

  const argnums = work.inner ? [0, 1, 2] : [0, 1]
  const step = (w: Array, b: Array, input: Array, wanted: Array) => {
    const differentiate = jax.valueAndGrad(loss, { argnums }) as unknown as (
      ...x: Array[]
    ) => [Array, Array[]]
    const [value, [ofWeight, ofBias, ...ofX]] = differentiate(w.ref, b.ref, input, wanted)
    return [value, w.sub(ofWeight.mul(rate)), b.sub(ofBias.mul(rate)), ...ofX]
  }
  const run = jax.jit(step as never) as unknown as typeof step

  /** @returns the loss, and the gradient with respect to x where it is wanted, which is the caller's to dispose. */
  async function next(): Promise<readonly [number, Array | undefined]> {
    const [value, newWeight, newBias, ofX] = run(weight, bias, x.ref, target.ref)
    ;[weight, bias] = [newWeight, newBias]
    await jax.blockUntilReady(ofX === undefined ? [weight, bias] : [weight, bias, ofX])
    return [(await value.data())[0], ofX]
  }
  return {
    async step(): Promise<void> {
      const [, ofX] = await next()
      ofX?.dispose()
    },
    /** What the check of the work wants. */
    async result(): Promise<number[]> {
      const losses: number[] = []
      let first: Iterable<number> = []
      for (let s = 0; s < checkedSteps; s++) {
        const [value, ofX] = await next()
        losses.push(value)
        if (s === 0 && ofX !== undefined) first = (await ofX.data()) as Float32Array
        else ofX?.dispose()
      }
      return [...losses, ...(await weight.ref.data()), ...(await bias.ref.data()), ...first]
    },
    release() {
      for (const held of [x, target, weight, bias]) held.dispose()
    },
  }
}
