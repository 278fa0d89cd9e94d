import fc, { type Arbitrary } from 'fast-check'
import { bitsOf, wordsOf } from '../../code-words.ts'
import { tensor } from '../../creation.ts'
import type { DType } from '../../dtype.ts'
import type { Pair } from '../../ops/convolution/params.ts'
import type { PlacingParams, PoolingFamily, PoolingParams } from '../../ops/convolution/pooling-params.ts'
import { windowsIn } from '../../ops/convolution/window-sizes.ts'
import { type Shape, sizeOf } from '../../shape.ts'
import type { Call, CaseRow, Values } from '../case.ts'
import { distinct, ordinary, tensorOf } from '../draw.ts'
import { exact, inTerms } from '../tolerance.ts'
import { draws, filled, plain, sparse, special } from '../values.ts'

/** Shapes of images and of their windows without the axes of samples, and of the code of one sample. */
interface Pooling {
  readonly image: Shape
  readonly windows: Shape
  readonly words: number
  readonly params: PoolingParams
  readonly placing: PlacingParams
}

interface Sizes {
  readonly channels?: number
  readonly size: Pair
  readonly kernel: Pair
  readonly stride?: Pair
  readonly padding?: Pair
}

function pooling({ channels = 3, size, kernel, stride = kernel, padding = [0, 0] }: Sizes): Pooling {
  const params = { kernel, stride, padding }
  const windows = [channels, ...windowsIn('case', size, params)]
  const words = wordsOf(sizeOf(windows), bitsOf(kernel[0] * kernel[1]))
  return { image: [channels, ...size], windows, words, params, placing: { ...params, size } }
}

const poolings: readonly Pooling[] = (
  [
    { size: [4, 4], kernel: [2, 2] },
    // Windows of 2 × 2 side by side, of even and odd images, below and above a vector.
    { size: [2, 2], kernel: [2, 2] },
    { size: [5, 7], kernel: [2, 2] },
    { size: [3, 8], kernel: [2, 2], channels: 1 },
    { size: [6, 17], kernel: [2, 2] },
    { size: [7, 34], kernel: [2, 2], channels: 5 },
    // One element and one row or column; windows as large as the image.
    { size: [6, 5], kernel: [1, 1] },
    { size: [7, 9], kernel: [1, 1], stride: [2, 3] },
    { size: [1, 17], kernel: [1, 2] },
    { size: [1, 33], kernel: [1, 3], stride: [1, 2], padding: [0, 1] },
    { size: [17, 1], kernel: [3, 1], stride: [2, 1] },
    { size: [5, 4], kernel: [5, 4] },
    // Overlapping, with and without padding.
    { size: [9, 21], kernel: [3, 3], stride: [1, 1], padding: [1, 1] },
    { size: [8, 13], kernel: [3, 3], stride: [1, 1] },
    { size: [7, 18], kernel: [3, 3], stride: [2, 2], padding: [1, 1] },
    { size: [15, 21], kernel: [3, 3], stride: [2, 2] },
    { size: [12, 13], kernel: [5, 5], stride: [1, 2], padding: [2, 2] },
    { size: [9, 11], kernel: [5, 5], stride: [2, 1], padding: [1, 0] },
    { size: [3, 3], kernel: [4, 4], stride: [1, 1], padding: [2, 2] },
    { size: [2, 1], kernel: [1, 4], stride: [1, 2], padding: [0, 2] },
    // As many elements as windows side by side have, but shifted by padding.
    { size: [6, 13], kernel: [3, 1], padding: [1, 0] },
    { size: [5, 12], kernel: [1, 3], padding: [0, 1] },
    { size: [6, 20], kernel: [2, 2], stride: [1, 2] },
    { size: [6, 7], kernel: [2, 2], stride: [2, 2], padding: [1, 1] },
    // Padding and a rest that is not covered: as many windows as if they tiled the image.
    { size: [6, 9], kernel: [3, 3], stride: [3, 3], padding: [1, 1] },
    // A stride above the window, and one above 2.
    { size: [11, 12], kernel: [2, 2], stride: [3, 3] },
    { size: [10, 19], kernel: [2, 3], stride: [4, 5], padding: [1, 1] },
    { size: [9, 16], kernel: [3, 4] },
    { size: [8, 9], kernel: [3, 3] },
    // More states than a byte has.
    { size: [18, 19], kernel: [17, 17], stride: [1, 1], channels: 2 },
  ] satisfies Sizes[]
).map(pooling)

/** Those that are tried with all axes of samples: of each path of the kernels one, and one without channels. */
const few: readonly Pooling[] = [
  pooling({ size: [5, 7], kernel: [2, 2] }),
  pooling({ size: [7, 18], kernel: [3, 3], stride: [2, 2], padding: [1, 1] }),
  pooling({ size: [7, 9], kernel: [1, 1], stride: [2, 3] }),
  pooling({ size: [3, 4], kernel: [2, 2], channels: 0 }),
]

/** Axes of samples; the first is tried with all poolings. */
const leads: readonly Shape[] = [[2], [], [0], [2, 2]]
/** Axes between a sample and its image. */
const extras: readonly Shape[] = [[], [3]]

/** Ties, zeros of both signs, infinities. */
const tied = [1, -1, 0, -0, 2, -Infinity, 2, 1]
const ties = (dtype: DType, s: Shape): Values =>
  filled(dtype, s, (i) => tied[(i * i + (i >> 3)) % tied.length])
const holes = (dtype: DType, s: Shape): Values =>
  filled(dtype, s, (i) => (i % 7 === 3 ? Number.NaN : tied[(i * 3) % tied.length]))

/** Any words, so that some states are places outside of the image. */
const codeOf = (lead: Shape, { words }: Pooling): Values => {
  const draw = draws(23)
  return filled('uint32', [...lead, words], () => Math.floor(draw() * 2 ** 32))
}

type Fill = (dtype: DType, shape: Shape) => Values

/** One call for all poolings, all axes of samples and such inputs. */
function* calls<P>(
  fills: readonly Fill[],
  of: (p: Pooling, lead: Shape, extra: Shape, fill: Fill) => Call<P>,
): Iterable<Call<P>> {
  for (const fill of fills) {
    for (const p of poolings) yield of(p, leads[0], extras[0], fill)
    for (const p of few) for (const lead of leads) for (const extra of extras) yield of(p, lead, extra, fill)
  }
}

/** Elements of a window, and windows that an element is in. */
const elements = ({ params: { kernel } }: Call<PoolingParams>): number => sizeOf(kernel)
const overlapping = ({ params: { kernel, stride } }: Call<PoolingParams>): number =>
  Math.ceil(kernel[0] / stride[0]) * Math.ceil(kernel[1] / stride[1])

const some = fc.constantFrom(1, 2, 2, 3)
const pair = (of: Arbitrary<number>): Arbitrary<Pair> => fc.tuple(of, of)

/** Small poolings of all kinds, with axes of samples and extra ones. */
const small: Arbitrary<{ p: Pooling; lead: Shape; extra: Shape }> = fc
  .record({
    lead: fc.constantFrom<Shape>([], [1], [2], [0]),
    extra: fc.constantFrom<Shape>([], [2]),
    sizes: fc.record({
      channels: fc.constantFrom(0, 1, 1, 2),
      size: pair(fc.integer({ min: 1, max: 5 })),
      kernel: pair(some),
      stride: pair(some),
      padding: pair(fc.constantFrom(0, 0, 1)),
    }),
  })
  .filter(({ sizes: { size, kernel, padding } }) =>
    size.every(
      (length, axis) => length + 2 * padding[axis] >= kernel[axis] && 2 * padding[axis] <= kernel[axis],
    ),
  )
  .map(({ lead, extra, sizes }) => ({ p: pooling(sizes), lead, extra }))
  // Few enough elements for central differences.
  .filter(({ p, lead, extra }) => sizeOf([...lead, ...extra, ...p.image]) <= 24)

/** A code and what it chooses from. */
const chosen = <P extends PoolingParams>(of: (p: Pooling) => readonly [Shape, P]) =>
  small.chain(({ p, lead, extra }) => {
    const [shape, params] = of(p)
    return fc
      .tuple(
        fc.infiniteStream(fc.nat({ max: 2 ** 32 - 1 })),
        tensorOf([...lead, ...extra, ...shape], ordinary),
      )
      .map(([words, v]) => {
        const s = [...lead, p.words]
        const code = Uint32Array.from({ length: sizeOf(s) }, () => words.next().value)
        return { inputs: [tensor(code, { shape: s }), v], params }
      })
  })

const summed = <P extends PoolingParams>(of: (p: Pooling) => readonly [Shape, P]) =>
  small.chain(({ p, lead }) => {
    const [shape, params] = of(p)
    return tensorOf([...lead, ...shape], ordinary).map((x) => ({ inputs: [x], params }))
  })

export const poolingCases: { readonly [N in keyof PoolingFamily]: CaseRow<PoolingFamily[N]> } = {
  maxPool2d: {
    calls: (dtype) =>
      calls([plain, ties, holes, special], ({ image, params }, lead, extra, fill) => ({
        inputs: [fill(dtype, [...lead, ...extra, ...image])],
        params,
      })),
    tolerance: exact,
    smooth: small.chain(({ p: { image, params }, lead }) =>
      distinct([...lead, ...image]).map((x) => ({ inputs: [x], params })),
    ),
  },

  pickWinners: {
    calls: (dtype) =>
      calls([plain, special], (p, lead, extra, fill) => ({
        inputs: [codeOf(lead, p), fill(dtype, [...lead, ...extra, ...p.image])],
        params: p.params,
      })),
    tolerance: exact,
    smooth: chosen(({ image, params }) => [image, params]),
  },

  placeWinners: {
    calls: (dtype) =>
      calls([plain, sparse], (p, lead, extra, fill) => ({
        inputs: [codeOf(lead, p), fill(dtype, [...lead, ...extra, ...p.windows])],
        params: p.placing,
      })),
    tolerance: inTerms,
    terms: overlapping,
    smooth: chosen(({ windows, placing }) => [windows, placing]),
  },

  sumWindows: {
    calls: (dtype) =>
      calls([plain, sparse], ({ image, params }, lead, extra, fill) => ({
        inputs: [fill(dtype, [...lead, ...extra, ...image])],
        params,
      })),
    tolerance: inTerms,
    terms: elements,
    smooth: summed(({ image, params }) => [image, params]),
  },

  spreadWindows: {
    calls: (dtype) =>
      calls([plain, sparse], ({ windows, placing }, lead, extra, fill) => ({
        inputs: [fill(dtype, [...lead, ...extra, ...windows])],
        params: placing,
      })),
    tolerance: inTerms,
    terms: overlapping,
    smooth: summed(({ windows, placing }) => [windows, placing]),
  },
}
