import type { ConvolutionParams, Pair } from '../../../../ops/convolution/params.ts'

/** How a kernel of so many rows and columns slides. */
export interface Sliding extends ConvolutionParams {
  readonly kernel: Pair
}
