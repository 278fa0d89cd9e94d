import fc, { type Arbitrary } from 'fast-check'
import type { DType } from '../../dtype.ts'
import type { ConvolutionFamily, ConvolutionParams, Pair } from '../../ops/convolution/params.ts'
import { restBehind, windowsIn } from '../../ops/convolution/window-sizes.ts'
import type { Shape } from '../../shape.ts'
import type { Call, CaseRow, Values } from '../case.ts'
import { ordinary, tensorOf } from '../draw.ts'
import { inTerms } from '../tolerance.ts'
import { plain, sparse } from '../values.ts'

/** A convolution: shapes of images, of what the windows make and of the weight. */
interface Convolution {
  readonly images: Shape
  readonly windows: Shape
  readonly weight: Shape
  readonly params: ConvolutionParams
}

interface Sizes {
  readonly count?: number
  /** Channels of a group. */
  readonly channels?: number
  readonly made?: number
  readonly size: Pair
  readonly kernel: Pair
  readonly stride?: Pair
  readonly padding?: Pair
  readonly dilation?: Pair
  readonly groups?: number
}

function convolution({
  count = 2,
  channels = 3,
  made = 2,
  size,
  kernel,
  stride = [1, 1],
  padding = [0, 0],
  dilation = [1, 1],
  groups = 1,
}: Sizes): Convolution {
  const params = { stride, padding, dilation, groups }
  return {
    images: [count, channels * groups, ...size],
    windows: [count, made * groups, ...windowsIn('case', size, { ...params, kernel })],
    weight: [made * groups, channels, ...kernel],
    params,
  }
}

/** The first is of a shape that every dtype of floats admits. */
const convolutions: readonly Convolution[] = (
  [
    { size: [5, 6], kernel: [3, 3] },
    // Odd sizes, kernels of one element, as large as the image, and of one row.
    { size: [1, 1], kernel: [1, 1] },
    { size: [7, 9], kernel: [1, 1], made: 5, channels: 7 },
    { size: [5, 4], kernel: [5, 4] },
    { size: [1, 17], kernel: [1, 5], padding: [0, 2] },
    { size: [17, 1], kernel: [4, 1], padding: [1, 0] },
    { size: [13, 11], kernel: [2, 5], made: 3 },
    // Padding: less than the kernel, as much, more.
    { size: [6, 5], kernel: [3, 3], padding: [1, 1], made: 4 },
    { size: [6, 5], kernel: [3, 2], padding: [2, 2] },
    { size: [3, 2], kernel: [3, 3], padding: [4, 5] },
    { size: [2, 2], kernel: [5, 5], padding: [2, 2] },
    // Strides: windows that are left out, a stride above the kernel, other ones for rows and columns.
    { size: [9, 9], kernel: [3, 3], stride: [2, 2], padding: [1, 1] },
    { size: [8, 9], kernel: [3, 3], stride: [2, 2] },
    { size: [11, 12], kernel: [2, 2], stride: [3, 3] },
    { size: [11, 9], kernel: [1, 1], stride: [2, 4] },
    { size: [10, 11], kernel: [4, 3], stride: [1, 3], padding: [0, 2] },
    { size: [7, 19], kernel: [3, 5], stride: [5, 2], padding: [1, 1] },
    // Dilation, with strides that have a divisor in common with it and such that have none.
    { size: [9, 8], kernel: [3, 3], dilation: [2, 3] },
    { size: [12, 12], kernel: [3, 3], dilation: [2, 2], stride: [2, 2], padding: [2, 1] },
    { size: [12, 14], kernel: [3, 4], dilation: [4, 3], stride: [6, 2], padding: [3, 3] },
    { size: [15, 15], kernel: [3, 3], dilation: [3, 3], stride: [2, 2], padding: [3, 3] },
    // Groups, down to one channel each.
    { size: [5, 5], kernel: [3, 3], groups: 2, padding: [1, 1] },
    { size: [5, 6], kernel: [3, 2], groups: 5, channels: 1, made: 1 },
    {
      size: [6, 6],
      kernel: [3, 3],
      groups: 3,
      channels: 2,
      made: 3,
      stride: [2, 2],
      dilation: [2, 1],
      padding: [1, 2],
    },
    // Nothing: no image, no channel, nothing made.
    { size: [5, 5], kernel: [3, 3], count: 0 },
    { size: [5, 5], kernel: [3, 3], channels: 0 },
    { size: [5, 5], kernel: [3, 3], made: 0 },
    { size: [5, 5], kernel: [3, 3], count: 0, channels: 0, made: 0, groups: 2 },
    // Around tiles of 2 × 16, panels that cross images, blocks of 256 terms and of 128 rows.
    { size: [28, 28], kernel: [3, 3], channels: 1, made: 16, padding: [1, 1] },
    { size: [14, 14], kernel: [3, 3], channels: 16, made: 33, padding: [1, 1], count: 1 },
    { size: [7, 7], kernel: [3, 3], channels: 29, made: 5, padding: [1, 1], count: 3 },
    { size: [3, 3], kernel: [3, 3], channels: 4, made: 131, padding: [1, 1], count: 4 },
    { size: [4, 5], kernel: [3, 3], channels: 70, made: 3, count: 5 },
    { size: [4, 4], kernel: [2, 2], channels: 130, made: 2, stride: [2, 2] },
    { size: [16, 33], kernel: [5, 5], channels: 2, made: 7, count: 1, padding: [2, 2] },
    { size: [40, 50], kernel: [3, 3], channels: 1, made: 1, count: 1, stride: [2, 2] },
  ] satisfies Sizes[]
).map(convolution)

type Fill = (dtype: DType, shape: Shape, seed: number) => Values

/** Two inputs of a convolution, of ordinary numbers, with infinities and NaN among those of the first, and of both where `isHoly`. */
function* calls<P>(
  dtype: DType,
  isHoly: boolean,
  of: (c: Convolution) => readonly [first: Shape, second: Shape, params: P],
): Iterable<Call<P>> {
  const fills: readonly (readonly [Fill, Fill])[] = [
    [plain, plain],
    [sparse, plain],
    ...(isHoly ? [[plain, sparse] as const] : []),
  ]
  for (const [fillFirst, fillSecond] of fills) {
    for (const c of convolutions) {
      const [first, second, params] = of(c)
      yield { inputs: [fillFirst(dtype, first, 1), fillSecond(dtype, second, 2)], params }
    }
  }
}

const few = fc.constantFrom(0, 1, 1, 2)
const some = fc.constantFrom(1, 1, 2, 3)
const pair = (of: Arbitrary<number>): Arbitrary<Pair> => fc.tuple(of, of)

/** Small convolutions of all kinds. */
const small: Arbitrary<Convolution> = fc
  .record({
    count: fc.constantFrom(0, 1, 2),
    channels: few,
    made: few,
    size: pair(fc.integer({ min: 1, max: 5 })),
    kernel: pair(some),
    stride: pair(some),
    padding: pair(fc.constantFrom(0, 0, 1, 2)),
    dilation: pair(fc.constantFrom(1, 1, 2)),
    groups: fc.constantFrom(1, 1, 2),
  })
  .filter(({ size, kernel, padding, dilation }) =>
    size.every((length, axis) => length + 2 * padding[axis] > dilation[axis] * (kernel[axis] - 1)),
  )
  .map(convolution)

/** Few enough elements for central differences. */
const smooth = <P>(of: (c: Convolution) => readonly [first: Shape, second: Shape, params: P]) =>
  small
    .map(of)
    .chain(([first, second, params]) =>
      fc.record({
        inputs: fc.tuple(tensorOf(first, ordinary), tensorOf(second, ordinary)),
        params: fc.constant(params),
      }),
    )
    .filter(({ inputs: [a, b] }) => a.size + b.size <= 30)

const kernelOf = (weight: Shape): Pair => [weight[2], weight[3]]
const ofImages = ({ images, weight, params }: Convolution) => [images, weight, params] as const
const ofWindows = ({ images, windows, weight, params }: Convolution) => {
  const outputPadding = restBehind([images[2], images[3]], { ...params, kernel: kernelOf(weight) })
  return [windows, weight, { ...params, outputPadding }] as const
}
const ofWeight = ({ images, windows, weight, params }: Convolution) =>
  [images, windows, { ...params, kernel: kernelOf(weight) }] as const

export const convolutionCases: { readonly [N in keyof ConvolutionFamily]: CaseRow<ConvolutionFamily[N]> } = {
  conv2d: {
    calls: (dtype) => calls(dtype, true, ofImages),
    tolerance: inTerms,
    terms: ({ inputs: [, { shape }] }) => shape[1] * shape[2] * shape[3],
    smooth: smooth(ofImages),
  },
  convTranspose2d: {
    // Of an element that no x reaches a kernel may add 0 · weight or nothing.
    calls: (dtype) => calls(dtype, false, ofWindows),
    tolerance: inTerms,
    terms: ({ inputs: [{ shape }, weight] }) => shape[1] * weight.shape[2] * weight.shape[3],
    smooth: smooth(ofWindows),
  },
  convWeight2d: {
    calls: (dtype) => calls(dtype, true, ofWeight),
    tolerance: inTerms,
    terms: ({ inputs: [, { shape }] }) => shape[0] * shape[2] * shape[3],
    smooth: smooth(ofWeight),
  },
}
