import { randomArray } from './random-array.ts'
import { checkedSteps } from './step.ts'
import type { Arrays, ConvWork } from './work.ts'

/** Rows and columns of W, and zeros around the image. */
export const kernel = 3
export const padding = 1

/** A step of plain gradient descent is `p ← p − rate · gradient`. Three of them move W by a third of its largest entry. */
export const rate = 1

/** Numbers of x, W and the output. */
export function sizesOf({ batch, channels, filters, size }: ConvWork) {
  const pixels = size * size
  return {
    x: batch * channels * pixels,
    weight: filters * channels * kernel * kernel,
    output: batch * filters * pixels,
  }
}

/** Output before ReLU of a unit within this of 0 may have another sign in float32 than in float64. */
const uncertain = 1e-4

/** `x`, `weight`, `bias`, and for training `target`. */
export function convInputs(work: ConvWork): Arrays {
  const { pass, batch, channels, filters, size } = work
  const inputs = {
    x: randomArray('conv x', [batch, channels, size, size]),
    weight: randomArray(
      'conv weight',
      [filters, channels, kernel, kernel],
      Math.sqrt(2 / (channels * kernel * kernel)),
    ),
    bias: randomArray('conv bias', [filters], 0.1),
  }
  if (pass === 'forward') return inputs
  const { shape, values } = randomArray('conv target', [batch, filters, size, size])
  // A unit that is all but 0 has a target of 0: on either side of its kink the gradient then is all but 0, else one of the two would be wrong.
  const pre = preactivations(work, inputs.x.values, inputs.weight.values, inputs.bias.values)
  const target = values.map((t, i) => (Math.abs(pre[i]) < uncertain ? 0 : t))
  return { ...inputs, target: { shape, values: target } }
}

/**
 * Forward: the output. Training: the losses of the first steps, W and b after them, and, where it is wanted, the gradient with respect to x in the
 * first, when nobody's weights have moved.
 */
export function convExpected(work: ConvWork): Float64Array {
  const inputs = convInputs(work)
  const x = inputs.x.values
  const [weight, bias] = [inputs.weight, inputs.bias].map(({ values }) => Float64Array.from(values))
  if (work.pass === 'forward') return preactivations(work, x, weight, bias).map((p) => Math.max(p, 0))
  const losses: number[] = []
  let first = new Float64Array()
  for (let step = 0; step < checkedSteps; step++) {
    const { loss, ofX, ofWeight, ofBias } = convGradients(work, x, weight, bias, inputs.target.values)
    losses.push(loss)
    if (step === 0 && work.inner) first = ofX
    for (let i = 0; i < weight.length; i++) weight[i] -= rate * ofWeight[i]
    for (let i = 0; i < bias.length; i++) bias[i] -= rate * ofBias[i]
  }
  return Float64Array.from([...losses, ...weight, ...bias, ...first])
}

/** Losses, W, b and the gradient with respect to x have scales of their own. */
export function groupsOfConv(work: ConvWork): (place: number) => number {
  if (work.pass === 'forward') return () => 0
  const weight = checkedSteps
  const bias = weight + sizesOf(work).weight
  const ofX = bias + work.filters
  return (place) => (place < weight ? 0 : place < bias ? 1 : place < ofX ? 2 : 3)
}

/** Mean squared error of `max(x ⋆ W + b, 0)`, and its gradients. */
export function convGradients(
  work: ConvWork,
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
  target: ArrayLike<number>,
) {
  const sizes = sizesOf(work)
  const pixels = work.size * work.size
  const pre = preactivations(work, x, weight, bias)
  const [ofX, ofWeight] = [new Float64Array(sizes.x), new Float64Array(sizes.weight)]
  const ofBias = new Float64Array(work.filters)
  let loss = 0
  const ofPre = pre.map((p, i) => {
    const difference = Math.max(p, 0) - target[i]
    loss += difference ** 2 / sizes.output
    const own = p > 0 ? (2 * difference) / sizes.output : 0
    ofBias[Math.floor(i / pixels) % work.filters] += own
    return own
  })
  eachRun(work, (output, input, tap, length) => {
    let sum = 0
    for (let i = 0; i < length; i++) {
      sum += ofPre[output + i] * x[input + i]
      ofX[input + i] += ofPre[output + i] * weight[tap]
    }
    ofWeight[tap] += sum
  })
  return { loss, ofX, ofWeight, ofBias }
}

/** `x ⋆ W + b`. */
function preactivations(
  work: ConvWork,
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
): Float64Array {
  const pixels = work.size * work.size
  const out = new Float64Array(sizesOf(work).output)
  for (let i = 0; i < out.length; i++) out[i] = bias[Math.floor(i / pixels) % work.filters]
  eachRun(work, (output, input, tap, length) => {
    const factor = weight[tap]
    for (let i = 0; i < length; i++) out[output + i] += factor * x[input + i]
  })
  return out
}

/**
 * Every product of the convolution, in runs along a row: numbers of the output from `output` on, those of x from `input` on, and
 * the one entry of W, at `tap`, that joins them.
 */
function eachRun(
  { batch, channels, filters, size }: ConvWork,
  visit: (output: number, input: number, tap: number, length: number) => void,
): void {
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < filters; o++) {
      for (let c = 0; c < channels; c++) {
        for (let i = 0; i < kernel; i++) {
          for (let j = 0; j < kernel; j++) {
            const tap = ((o * channels + c) * kernel + i) * kernel + j
            const [down, right] = [i - padding, j - padding]
            const [from, to] = [Math.max(0, -right), size - Math.max(0, right)]
            for (let row = Math.max(0, -down); row < size - Math.max(0, down); row++) {
              const output = ((n * filters + o) * size + row) * size + from
              const input = ((n * channels + c) * size + row + down) * size + from + right
              visit(output, input, tap, to - from)
            }
          }
        }
      }
    }
  }
}
