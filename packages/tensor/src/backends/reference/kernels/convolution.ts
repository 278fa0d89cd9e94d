import type { Kernel } from '../../../backend.ts'
import type { TypedArray } from '../../../dtype.ts'
import type { KernelOperand } from '../../../kernel-operand.ts'
import type { ConvolutionFamily, ConvolutionParams, Pair } from '../../../ops/convolution/params.ts'
import { addUp } from '../add-up.ts'

type Operand = KernelOperand<TypedArray>

/** Called with places in images, in windows and in the weight, that belong together: see {@link eachProduct}. */
type Visit = (image: number, window: number, weight: number) => void

/**
 * Visits every product that a convolution is a sum of: an element of the images [N, C, H, W], or −1 where it lies outside, one of what the windows make
 * [N, O, OH, OW], and one of the weight [O, C / groups, kh, kw].
 */
function eachProduct(
  [count, channels, height, width]: readonly number[],
  [, made, rows, columns]: readonly number[],
  [kernelRows, kernelColumns]: Pair,
  { stride, padding, dilation, groups }: ConvolutionParams,
  visit: Visit,
): void {
  const [taken, given] = [channels / groups, made / groups]
  for (let n = 0; n < count; n++) {
    for (let o = 0; o < made; o++) {
      const firstChannel = Math.floor(o / given) * taken
      for (let c = 0; c < taken; c++) {
        const plane = (n * channels + firstChannel + c) * height
        for (let k = 0; k < kernelRows; k++) {
          for (let l = 0; l < kernelColumns; l++) {
            const weight = ((o * taken + c) * kernelRows + k) * kernelColumns + l
            for (let i = 0; i < rows; i++) {
              const row = i * stride[0] - padding[0] + k * dilation[0]
              const isRow = row >= 0 && row < height
              const window = ((n * made + o) * rows + i) * columns
              for (let j = 0; j < columns; j++) {
                const column = j * stride[1] - padding[1] + l * dilation[1]
                const isInside = isRow && column >= 0 && column < width
                visit(isInside ? (plane + row) * width + column : -1, window + j, weight)
              }
            }
          }
        }
      }
    }
  }
}

const kernelOf = ({ shape }: Operand): Pair => [shape[2], shape[3]]

/** What lies outside of the images counts as 0, so that 0 · ∞ is NaN there too. */
export const convolutionKernels: {
  readonly [N in keyof ConvolutionFamily]: Kernel<TypedArray, ConvolutionFamily[N]>
} = {
  conv2d([x, weight], [y], params) {
    const [a, b] = [x.buffer, weight.buffer]
    addUp(y, (totals) =>
      eachProduct(x.shape, y.shape, kernelOf(weight), params, (image, window, w) => {
        totals[window] += (image < 0 ? 0 : a[image]) * b[w]
      }),
    )
  },

  convTranspose2d([x, weight], [y], params) {
    const [a, b] = [x.buffer, weight.buffer]
    addUp(y, (totals) =>
      eachProduct(y.shape, x.shape, kernelOf(weight), params, (image, window, w) => {
        if (image >= 0) totals[image] += a[window] * b[w]
      }),
    )
  },

  convWeight2d([x, g], [y], params) {
    const [a, b] = [x.buffer, g.buffer]
    addUp(y, (totals) =>
      eachProduct(x.shape, g.shape, params.kernel, params, (image, window, w) => {
        totals[w] += (image < 0 ? 0 : a[image]) * b[window]
      }),
    )
  },
}
