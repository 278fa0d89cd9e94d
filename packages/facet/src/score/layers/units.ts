import { fail, rowOf } from '../fail.ts'
import { at, type List, type PerPlace } from '../list.ts'
import type { Layer } from './layer.ts'

/** How the units of a layer lie, as files say it. */
export interface Plan {
  /** [C, H, W] of images, [C, L] of series; without further axes where each unit looks at all numbers. */
  readonly inputs: List
  readonly stride?: PerPlace
  readonly padding?: PerPlace
  readonly dilation?: PerPlace
  readonly outputPadding?: PerPlace
  readonly groups?: number
  readonly activation?: { readonly name?: string; readonly alpha?: number }
}

type Visit = (window: number, element: number, place: number) => void

/**
 * Units that look at windows, of any kind: a matrix is a convolution of images that have no axes.
 *
 * @param shape [channels of the windows, channels that they look at in each group, ...rows and columns of a window], as of the kernel of a convolution
 * @param isSpread the other way, from windows to what they look at
 * @param isLargest each unit is the largest number of its window, the first on ties, not a sum
 * @param weight [...shape]; where there is none windows are means, or spread copies
 * @param bias of each channel that is made
 * @throws Error for windows that do not fit.
 */
export function units(
  {
    inputs: [, ...axes],
    stride = 1,
    padding = 0,
    dilation = 1,
    outputPadding = 0,
    groups = 1,
    activation: { name = 'identity', alpha = 0.01 } = {},
  }: Plan,
  [channels, part, ...size]: List,
  weight?: Float64Array | null,
  bias?: Float64Array | false | null,
  isSpread?: boolean,
  isLargest?: boolean,
): Layer {
  /** Where a unit's number is not above 0. */
  const slope = rowOf('activation', { identity: 1, relu: 0, abs: -1, leakyRelu: alpha }, name)
  let [windows, elements, places] = [channels, 1, part * groups]
  /** Visits all connections of one: the unit of the windows, the number of the weight, what is looked at. */
  const visit = axes.reduceRight<Visit>(
    (next, length, axis) => {
      const [kernel, step, before, apart, behind] = [size, stride, padding, dilation, outputPadding].map(
        (each) => at(each, axis),
      )
      const reach = apart * (kernel - 1) + 1 - 2 * before
      const [count, wide] = isSpread
        ? [length, (length - 1) * step + reach + behind]
        : [Math.floor((length - reach) / step) + 1, length]
      windows *= count
      elements *= kernel
      places *= wide
      return (window, element, place) => {
        for (let w = 0; w < count; w++)
          for (let e = 0; e < kernel; e++) {
            const to = w * step - before + e * apart
            if (to >= 0 && to < wide) next(window * count + w, element * kernel + e, place * wide + to)
          }
      }
    },
    (window, element, place) =>
      (isSpread ? targets[window] : targets[place]).push(
        isSpread ? place : window,
        weight ? weight[element] : isSpread ? 1 : 1 / elements,
      ),
  )
  // A file may ask for any number of connections.
  if (!(windows * elements * part + places <= 2 ** 24)) fail('windows', 'fewer', windows)
  const [inputs, outputs] = isSpread ? [windows, places] : [places, windows]
  /** Of each input the units that it goes to, each with what it is multiplied by. */
  const targets = Array.from({ length: inputs }, (): number[] => [])
  for (let i = 0; i < channels * part; i++) {
    const channel = Math.floor(i / part)
    visit(channel, i, Math.floor((channel * groups) / channels) * part + (i % part))
  }
  const out = new Float64Array(outputs)
  /** Of each unit what its number is multiplied by, or the input that is largest. */
  const chosen = new Float64Array(outputs)
  return {
    inputs,
    outputs,
    run(x, isTangent) {
      // What has no number in comes out without one, even where a unit looks at nothing.
      out.fill(x[0] * 0)
      if (!isTangent) chosen.fill(-1)
      for (let i = 0; i < inputs; i++) {
        const [value, to] = [x[i], targets[i]]
        // Half of them are 0 behind ReLUs, all but one of unit vectors.
        if (value !== 0 || isLargest)
          for (let t = 0; t < to.length; t += 2) {
            const unit = to[t]
            if (!isLargest) out[unit] += to[t + 1] * value
            else if (!isTangent && !(value <= x[chosen[unit]])) chosen[unit] = i
          }
      }
      for (let unit = 0; unit < outputs; unit++) {
        if (isLargest) out[unit] = x[chosen[unit]]
        else {
          if (!isTangent) {
            if (bias) out[unit] += bias[Math.floor((unit * bias.length) / outputs)]
            chosen[unit] = out[unit] > 0 ? 1 : slope
          }
          // 0 is added since −2 · 0 is −0.
          out[unit] = out[unit] * chosen[unit] + 0
        }
      }
      return out
    },
  }
}
