import { expectTensor } from '../../checks.ts'
import { dispatch } from '../../dispatch.ts'
import { expectRank } from '../../op-checks.ts'
import {
  type OptionsOf,
  optional,
  optionTable,
  type ResolvedOptionsOf,
  required,
  withDefault,
} from '../../option-table.ts'
import type { Tensor } from '../../tensor.ts'
import { div } from '../elementwise/binary.ts'
import ops from './family.ts'
import { aPair, asPair } from './pair.ts'
import type { Pair } from './params.ts'
import type { PoolingParams } from './pooling-params.ts'

const aFactor = /*#__PURE__*/ aPair()

const shared = {
  /** Rows and columns of a window: one number, or a pair. */
  kernel: /*#__PURE__*/ required(/*#__PURE__*/ aPair()),
  /** Distance of neighbouring windows. Default: `kernel`, windows side by side. */
  stride: /*#__PURE__*/ optional(/*#__PURE__*/ aPair()),
  /** Rows and columns on either side of an image that never win and add nothing, at most half of the window. Default 0. */
  padding: /*#__PURE__*/ withDefault(/*#__PURE__*/ aPair(0), 0),
}
const poolingOptions = /*#__PURE__*/ optionTable('maxPool2d', shared)

/**
 * The settings of {@link maxPool2d}.
 *
 * @example
 * const options: PoolingOptions = { kernel: 3, stride: 2, padding: 1 }
 * maxPool2d(ones([1, 1, 7, 7]), options).output.shape   // [1, 1, 4, 4]
 */
export type PoolingOptions = OptionsOf<typeof shared>

const own = {
  /** Rows and columns of the images. */
  size: /*#__PURE__*/ required(/*#__PURE__*/ aPair()),
}
const placingOptions = /*#__PURE__*/ optionTable('placeWinners', { ...shared, ...own })

/**
 * The settings of {@link placeWinners}.
 *
 * @example
 * const options: PlacingOptions = { kernel: 2, size: [5, 4] }
 * spreadWindows(ones([1, 1, 2, 2]), options).shape   // [1, 1, 5, 4]
 */
export type PlacingOptions = OptionsOf<typeof shared> & OptionsOf<typeof own>

const paramsOf = ({ kernel, stride = kernel, padding }: ResolvedOptionsOf<typeof shared>): PoolingParams => ({
  kernel: asPair(kernel),
  stride: asPair(stride),
  padding: asPair(padding),
})

const poolingParams = (op: string, options: PoolingOptions): PoolingParams =>
  paramsOf(poolingOptions.resolve(options, op))

function placingParams(op: string, options: PlacingOptions): PoolingParams & { size: Pair } {
  const resolved = placingOptions.resolve(options, op)
  return { ...paramsOf(resolved), size: asPair(resolved.size) }
}

/**
 * The largest element of every window, and which one it is. There are ⌊(H + 2p − kh) / s⌋ + 1 rows of windows; windows that are not whole are left
 * out. A window is a unit whose state is the winner's number in it, row by row: the first on ties, of zeros of both signs too. NaN wins, the
 * first of several; padding never does (docs/mathematics.md 2.1).
 *
 * @param x `[..., C, H, W]`
 * @returns `output [..., C, OH, OW]`, `code [..., words]` uint32: a code of `C · OH · OW` units of `bitsOf(kh · kw)` bits, see `packStates`
 * @throws RangeError where no window fits into the image, or padding is more than half of a window
 * @example
 * const x = tensor([[[[1, 4, 2, 2], [3, 0, 1, 2]]]])
 * const { output, code } = maxPool2d(x, { kernel: 2 })
 * output.toArray()                     // [[[[4, 2]]]]
 * unpackStates(code, 2, 2).toArray()   // [[1, 0]]
 */
export function maxPool2d(x: Tensor, options: PoolingOptions): { output: Tensor; code: Tensor } {
  expectTensor('maxPool2d', x)
  const [output, code] = dispatch(ops.maxPool2d, [x], poolingParams('maxPool2d', options))
  return { output, code }
}

/**
 * The elements of v that lie where those won of which the code tells: what {@link maxPool2d} makes of v on the code's region, and its derivative there.
 * Linear in v; {@link placeWinners} is its adjoint. A state that no element has, of the image or of the window, picks 0.
 *
 * @param code `[...lead, words]`, of `maxPool2d` with the same options
 * @param v `[...lead, ...extra, C, H, W]`
 * @returns `[...lead, ...extra, C, OH, OW]`
 * @throws RangeError where the code is not one of such windows
 * @example
 * const { code } = maxPool2d(tensor([[[[1, 4, 2, 2], [3, 0, 1, 2]]]]), { kernel: 2 })
 * pickWinners(code, tensor([[[[10, 20, 30, 40], [50, 60, 70, 80]]]]), { kernel: 2 }).toArray()   // [[[[20, 30]]]]
 */
export function pickWinners(code: Tensor, v: Tensor, options: PoolingOptions): Tensor {
  expectTensor('pickWinners', v)
  return dispatch(ops.pickWinners, [code, v], poolingParams('pickWinners', options))[0]
}

/**
 * Puts what every window got where its winner lies, and 0 elsewhere; what overlapping windows put into one place is added up. The adjoint of
 * {@link pickWinners}.
 *
 * @param code `[...lead, words]`, of `maxPool2d` with the same options
 * @param g `[...lead, ...extra, C, OH, OW]`
 * @returns `[...lead, ...extra, C, H, W]`, H and W as `size` says
 * @throws RangeError where code and windows are not those of images of that size
 * @example
 * const { code } = maxPool2d(tensor([[[[1, 4, 2, 2], [3, 0, 1, 2]]]]), { kernel: 2 })
 * placeWinners(code, tensor([[[[5, 7]]]]), { kernel: 2, size: [2, 4] }).toArray()   // [[[[0, 5, 7, 0], [0, 0, 0, 0]]]]
 */
export function placeWinners(code: Tensor, g: Tensor, options: PlacingOptions): Tensor {
  expectTensor('placeWinners', g)
  return dispatch(ops.placeWinners, [code, g], placingParams('placeWinners', options))[0]
}

/**
 * The sum of every window; padding adds nothing. Windows as those of {@link maxPool2d}.
 *
 * @param x `[..., H, W]`
 * @returns `[..., OH, OW]`
 * @throws RangeError where no window fits into the image, or padding is more than half of a window
 * @example sumWindows(tensor([[1, 2, 3, 4]]), { kernel: [1, 2], stride: 1 }).toArray()   // [[3, 5, 7]]
 */
export function sumWindows(x: Tensor, options: PoolingOptions): Tensor {
  expectTensor('sumWindows', x)
  return dispatch(ops.sumWindows, [x], poolingParams('sumWindows', options))[0]
}

/**
 * Adds what every window got to all its elements: the adjoint of {@link sumWindows}.
 *
 * @param g `[..., OH, OW]`
 * @returns `[..., H, W]`, as `size` says
 * @throws RangeError where windows are not those of images of that size
 * @example spreadWindows(tensor([[1, 10, 100]]), { kernel: [1, 2], stride: 1, size: [1, 4] }).toArray()   // [[1, 11, 110, 100]]
 */
export function spreadWindows(g: Tensor, options: PlacingOptions): Tensor {
  expectTensor('spreadWindows', g)
  return dispatch(ops.spreadWindows, [g], placingParams('spreadWindows', options))[0]
}

/**
 * The mean of every window, {@link sumWindows} divided by kh · kw: padding counts as zeros.
 *
 * @param x `[..., H, W]`
 * @returns `[..., OH, OW]`
 * @throws RangeError where no window fits into the image, or padding is more than half of a window
 * @example averagePool2d(tensor([[1, 2, 3, 4], [5, 6, 7, 8]]), { kernel: 2 }).toArray()   // [[3.5, 5.5]]
 */
export function averagePool2d(x: Tensor, options: PoolingOptions): Tensor {
  expectTensor('averagePool2d', x)
  const params = poolingParams('averagePool2d', options)
  const [rows, columns] = params.kernel
  return div(dispatch(ops.sumWindows, [x], params)[0], rows * columns)
}

/**
 * Every element so many times along rows and columns: the nearest element of an image that is `factor` times as large.
 *
 * @param x `[..., H, W]`
 * @param factor whole numbers for rows and columns, or one for both
 * @returns `[..., factor · H, factor · W]`
 * @throws RangeError for factors that are no whole numbers above 0
 * @example upsample2d(tensor([[1, 2]]), 2).toArray()   // [[1, 1, 2, 2], [1, 1, 2, 2]]
 */
export function upsample2d(x: Tensor, factor: number | Pair): Tensor {
  expectTensor('upsample2d', x)
  aFactor.check('upsample2d', 'factor', factor)
  const kernel = asPair(factor)
  expectRank('upsample2d', 'x [..., H, W]', x, 2)
  const size: Pair = [x.shape[x.rank - 2] * kernel[0], x.shape[x.rank - 1] * kernel[1]]
  return dispatch(ops.spreadWindows, [x], { kernel, stride: kernel, padding: [0, 0], size })[0]
}
