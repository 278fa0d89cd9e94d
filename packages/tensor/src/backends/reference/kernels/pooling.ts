import type { Kernel } from '../../../backend.ts'
import { bitsOf } from '../../../code-words.ts'
import type { TypedArray } from '../../../dtype.ts'
import type { KernelOperand } from '../../../kernel-operand.ts'
import type { PoolingFamily, PoolingParams } from '../../../ops/convolution/pooling-params.ts'
import { sizeOf } from '../../../shape.ts'
import { addUp } from '../add-up.ts'
import { setState, stateOf } from '../code-bits.ts'

type Operand = KernelOperand<TypedArray>

/** Where elements of windows lie: `place(window, at)` is that of element number `at` of a window among all elements of the images, −1 outside. */
function placesIn(images: Operand, windows: Operand, { kernel, stride, padding }: PoolingParams) {
  const [height, width] = images.shape.slice(-2)
  const [rows, columns] = windows.shape.slice(-2)
  return (window: number, at: number): number => {
    const image = Math.floor(window / (rows * columns))
    const row = (Math.floor(window / columns) % rows) * stride[0] - padding[0] + Math.floor(at / kernel[1])
    const column = (window % columns) * stride[1] - padding[1] + (at % kernel[1])
    const isInside = row >= 0 && row < height && column >= 0 && column < width
    return isInside ? (image * height + row) * width + column : -1
  }
}

type Visit = (image: number, window: number) => void

/** Visits every element of every window that lies in the image. */
function eachElement(images: Operand, windows: Operand, params: PoolingParams, visit: Visit): void {
  const place = placesIn(images, windows, params)
  const states = sizeOf(params.kernel)
  for (let window = 0; window < windows.size; window++) {
    for (let at = 0; at < states; at++) {
      const image = place(window, at)
      if (image >= 0) visit(image, window)
    }
  }
}

/** Units, bits and words of the code of one sample. */
function layoutOf(code: Operand, windows: Operand, { kernel }: PoolingParams) {
  const all = code.shape[code.shape.length - 1]
  const bits = bitsOf(sizeOf(kernel))
  return { units: sizeOf(windows.shape.slice(-3)), bits, all, words: all / Math.max(1, bits) }
}

/** Visits the winner of every window, unless its state is that of no element, of the image or of the window. */
function eachWinner(
  code: Operand,
  images: Operand,
  windows: Operand,
  params: PoolingParams,
  visit: Visit,
): void {
  const place = placesIn(images, windows, params)
  const { units, bits, all, words } = layoutOf(code, windows, params)
  const repeats = sizeOf(windows.shape.slice(code.shape.length - 1, -3))
  const states = sizeOf(params.kernel)
  for (let window = 0; window < windows.size; window++) {
    const sample = Math.floor(window / (units * repeats))
    const state = stateOf(code.buffer, sample * all, words, bits, window % units)
    const image = state < states ? place(window, state) : -1
    if (image >= 0) visit(image, window)
  }
}

export const poolingKernels: {
  readonly [N in keyof PoolingFamily]: Kernel<TypedArray, PoolingFamily[N]>
} = {
  maxPool2d([x], [y, code], params) {
    const place = placesIn(x, y, params)
    const { units, bits, all, words } = layoutOf(code, y, params)
    const states = sizeOf(params.kernel)
    code.buffer.fill(0)
    for (let window = 0; window < y.size; window++) {
      let winner = -1
      let best = 0
      for (let at = 0; at < states; at++) {
        const image = place(window, at)
        if (image < 0) continue
        const next = x.buffer[image]
        const isBetter = next > best || Number.isNaN(next)
        // The first NaN wins.
        if (winner >= 0 && (Number.isNaN(best) || !isBetter)) continue
        winner = at
        best = next
      }
      y.buffer[window] = best
      setState(code.buffer, Math.floor(window / units) * all, words, bits, window % units, winner)
    }
  },

  pickWinners([code, v], [y], params) {
    y.buffer.fill(0)
    eachWinner(code, v, y, params, (image, window) => {
      y.buffer[window] = v.buffer[image]
    })
  },

  placeWinners([code, g], [y], params) {
    addUp(y, (totals) =>
      eachWinner(code, y, g, params, (image, window) => {
        totals[image] += g.buffer[window]
      }),
    )
  },

  sumWindows([x], [y], params) {
    addUp(y, (totals) =>
      eachElement(x, y, params, (image, window) => {
        totals[window] += x.buffer[image]
      }),
    )
  },

  spreadWindows([g], [y], params) {
    addUp(y, (totals) =>
      eachElement(y, g, params, (image, window) => {
        totals[image] += g.buffer[window]
      }),
    )
  },
}
