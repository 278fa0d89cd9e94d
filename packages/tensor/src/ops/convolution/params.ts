/** Rows and columns. */
export type Pair = readonly [rows: number, columns: number]

/** How a kernel slides over an image. */
export interface ConvolutionParams {
  readonly stride: Pair
  /** Zeros on either side of each axis. */
  readonly padding: Pair
  /** Distance of neighbouring elements of the kernel. */
  readonly dilation: Pair
  /** Channels are divided into so many parts that know nothing of each other. */
  readonly groups: number
}

export interface ConvolutionTransposeParams extends ConvolutionParams {
  /** Rows and columns behind the last one that the kernel reaches, below the stride. */
  readonly outputPadding: Pair
}

export interface ConvolutionWeightParams extends ConvolutionParams {
  readonly kernel: Pair
}

/** The ops of this family with their parameters: each has a row in every room. */
export type ConvolutionFamily = {
  readonly conv2d: ConvolutionParams
  readonly convTranspose2d: ConvolutionTransposeParams
  readonly convWeight2d: ConvolutionWeightParams
}
