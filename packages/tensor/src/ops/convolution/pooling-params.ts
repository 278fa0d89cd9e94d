import type { ConvolutionFamily, Pair } from './params.ts'

/** How windows of a pooling slide over images. */
export interface PoolingParams {
  readonly kernel: Pair
  readonly stride: Pair
  /** Elements on either side of each axis that never win and add nothing; at most half of the window. */
  readonly padding: Pair
}

/** For ops that go from windows to images. */
export interface PlacingParams extends PoolingParams {
  /** Rows and columns of the images. */
  readonly size: Pair
}

/** The ops that pool with their parameters: each has a row in every room. */
export type PoolingFamily = {
  readonly maxPool2d: PoolingParams
  readonly pickWinners: PoolingParams
  readonly placeWinners: PlacingParams
  readonly sumWindows: PoolingParams
  readonly spreadWindows: PlacingParams
}

/** All ops that slide windows over images. */
export type Family = ConvolutionFamily & PoolingFamily
