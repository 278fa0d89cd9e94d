import { expectTensor } from '../../checks.ts'
import { dispatch } from '../../dispatch.ts'
import {
  aCount,
  type OptionsOf,
  optionTable,
  type ResolvedOptionsOf,
  required,
  withDefault,
} from '../../option-table.ts'
import type { Tensor } from '../../tensor.ts'
import ops from './family.ts'
import { aPair, asPair } from './pair.ts'
import type { ConvolutionParams } from './params.ts'

const shared = {
  /** Distance of neighbouring windows: one number for rows and columns, or a pair. Default 1. */
  stride: /*#__PURE__*/ withDefault(/*#__PURE__*/ aPair(), 1),
  /** Zeros on either side of the rows and of the columns. Default 0. */
  padding: /*#__PURE__*/ withDefault(/*#__PURE__*/ aPair(0), 0),
  /** Distance of neighbouring elements of the kernel. Default 1. */
  dilation: /*#__PURE__*/ withDefault(/*#__PURE__*/ aPair(), 1),
  /** Channels are divided into so many parts; what is made of one part knows nothing of the others. Default 1. */
  groups: /*#__PURE__*/ withDefault(/*#__PURE__*/ aCount(), 1),
}
const convolutionOptions = /*#__PURE__*/ optionTable('conv2d', shared)

/**
 * The settings of {@link conv2d}.
 *
 * @example
 * const options: ConvolutionOptions = { stride: 2, padding: [1, 0] }
 * conv2d(ones([1, 1, 4, 4]), ones([1, 1, 2, 2]), options).shape   // [1, 1, 3, 2]
 */
export type ConvolutionOptions = OptionsOf<typeof convolutionOptions>

const own = {
  /** Rows and columns behind the last one that the kernel reaches, less than the stride: conv2d leaves as many out. Default 0. */
  outputPadding: /*#__PURE__*/ withDefault(/*#__PURE__*/ aPair(0), 0),
}
const transposeOptions = /*#__PURE__*/ optionTable('convTranspose2d', { ...shared, ...own })

/**
 * The settings of {@link convTranspose2d}.
 *
 * @example
 * const options: ConvolutionTransposeOptions = { stride: 2, outputPadding: 1 }
 * convTranspose2d(ones([1, 1, 2, 2]), ones([1, 1, 2, 2]), options).shape   // [1, 1, 5, 5]
 */
export type ConvolutionTransposeOptions = OptionsOf<typeof shared> & OptionsOf<typeof own>

const kernel = {
  /** Rows and columns of the kernel. */
  kernel: /*#__PURE__*/ required(/*#__PURE__*/ aPair()),
}
const weightOptions = /*#__PURE__*/ optionTable('convWeight2d', { ...kernel, ...shared })

/**
 * The settings of {@link convWeight2d}.
 *
 * @example
 * const options: ConvolutionWeightOptions = { kernel: 3, padding: 1 }
 * convWeight2d(ones([1, 1, 4, 4]), ones([1, 1, 4, 4]), options).shape   // [1, 1, 3, 3]
 */
export type ConvolutionWeightOptions = OptionsOf<typeof kernel> & OptionsOf<typeof shared>

const paramsOf = ({
  stride,
  padding,
  dilation,
  groups,
}: ResolvedOptionsOf<typeof shared>): ConvolutionParams => ({
  stride: asPair(stride),
  padding: asPair(padding),
  dilation: asPair(dilation),
  groups,
})

/** @throws TypeError for what is no tensor */
function expectBoth(op: string, a: Tensor, b: Tensor): void {
  expectTensor(op, a)
  expectTensor(op, b)
}

/**
 * Slides a kernel over images: `y[n, o, i, j] = Σ x[n, c, i·s − p + d·k, j·s − p + d·l] · weight[o, c, k, l]`, a cross-correlation as in PyTorch.
 * What lies outside of an image is 0. There are ⌊(H + 2p − d (kh − 1) − 1) / s⌋ + 1 rows; windows that are not whole are left out. No bias: add one of
 * shape `[O, 1, 1]`.
 *
 * @param x `[N, C, H, W]`
 * @param weight `[O, C / groups, kh, kw]`
 * @returns `[N, O, OH, OW]`
 * @throws RangeError where shapes do not fit, groups do not divide channels, or no window fits into the image
 * @example
 * const edges = tensor([[[[1, -1]]]])                       // one kernel of 1 × 2
 * conv2d(tensor([[[[1, 4, 9]]]]), edges).toArray()          // [[[[-3, -5]]]]
 * conv2d(ones([8, 1, 28, 28]), ones([16, 1, 3, 3]), { padding: 1, stride: 2 }).shape   // [8, 16, 14, 14]
 */
export function conv2d(x: Tensor, weight: Tensor, options: ConvolutionOptions = {}): Tensor {
  expectBoth('conv2d', x, weight)
  return dispatch(ops.conv2d, [x, weight], paramsOf(convolutionOptions.resolve(options)))[0]
}

/**
 * The adjoint of {@link conv2d} in its images: every element of x adds the kernel, times itself, to the result, `s` rows and columns from its
 * neighbour's. There are (H − 1) s − 2p + d (kh − 1) + 1 + outputPadding rows. `conv2d` with the same weight and options goes the other way.
 *
 * @param x `[N, C, H, W]`
 * @param weight `[C, O / groups, kh, kw]`, PyTorch's layout
 * @returns `[N, O, OH, OW]`
 * @throws RangeError where shapes do not fit, groups do not divide channels, the result has no row or column, or outputPadding is not below the stride
 * @example
 * const kernel = tensor([[[[1, 2, 3]]]])
 * convTranspose2d(tensor([[[[1, 10]]]]), kernel).toArray()                  // [[[[1, 12, 23, 30]]]]
 * convTranspose2d(tensor([[[[1, 10]]]]), kernel, { stride: [1, 2] }).toArray()   // [[[[1, 2, 13, 20, 30]]]]
 */
export function convTranspose2d(
  x: Tensor,
  weight: Tensor,
  options: ConvolutionTransposeOptions = {},
): Tensor {
  expectBoth('convTranspose2d', x, weight)
  const resolved = transposeOptions.resolve(options)
  const params = { ...paramsOf(resolved), outputPadding: asPair(resolved.outputPadding) }
  return dispatch(ops.convTranspose2d, [x, weight], params)[0]
}

/**
 * The adjoint of {@link conv2d} in its weight: what the weight gets of a cotangent g of the result, `Σ x[n, c, i·s − p + d·k, j·s − p + d·l] · g[n, o, i, j]`
 * over images, rows and columns.
 *
 * @param x `[N, C, H, W]`
 * @param g `[N, O, OH, OW]`, the shape of `conv2d(x, weight, options)`
 * @returns `[O, C / groups, kh, kw]`
 * @throws RangeError where shapes do not fit
 * @example
 * const x = tensor([[[[1, 4, 9]]]])
 * convWeight2d(x, tensor([[[[1, 10]]]]), { kernel: [1, 2] }).toArray()   // [[[[41, 94]]]]
 */
export function convWeight2d(x: Tensor, g: Tensor, options: ConvolutionWeightOptions): Tensor {
  expectBoth('convWeight2d', x, g)
  const resolved = weightOptions.resolve(options)
  return dispatch(ops.convWeight2d, [x, g], { ...paramsOf(resolved), kernel: asPair(resolved.kernel) })[0]
}
