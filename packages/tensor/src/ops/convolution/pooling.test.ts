import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'
import { asTensor, plain } from '../../testing/arrays.ts'

beforeAll(() => ops.init())

type Pair = readonly [number, number]

const pair = (min: number, max: number): fc.Arbitrary<Pair> =>
  fc.tuple(fc.integer({ min, max }), fc.integer({ min, max }))

/** Windows of every kind in small images; few values, so that there are ties. */
const poolings = fc
  .record({
    lead: fc.constantFrom([], [2], [0], [2, 2]),
    channels: fc.nat(2),
    size: pair(1, 9),
    kernel: pair(1, 5),
    stride: pair(1, 4),
    padding: pair(0, 2),
  })
  .filter(({ size, kernel, padding }) =>
    size.every((n, axis) => n + 2 * padding[axis] >= kernel[axis] && 2 * padding[axis] <= kernel[axis]),
  )

const valued = poolings.chain((p) =>
  fc.record({
    p: fc.constant(p),
    x: plain(fc.constant([...p.lead, p.channels, ...p.size]), fc.integer({ min: -3, max: 3 })),
  }),
)

interface Pooling {
  readonly size: Pair
  readonly kernel: Pair
  readonly stride: Pair
  readonly padding: Pair
}

/** The elements of every window that lie in the image, of each image in turn: number in the window, place among all elements. */
function windowsOf(images: number, { size: [h, w], kernel: [kh, kw], stride, padding }: Pooling) {
  const windows: { at: number; place: number }[][] = []
  for (let n = 0; n < images; n++)
    for (let top = -padding[0]; top + kh <= h + padding[0]; top += stride[0])
      for (let left = -padding[1]; left + kw <= w + padding[1]; left += stride[1]) {
        const window: { at: number; place: number }[] = []
        for (let k = 0; k < kh; k++)
          for (let l = 0; l < kw; l++) {
            const [row, column] = [top + k, left + l]
            if (row >= 0 && row < h && column >= 0 && column < w)
              window.push({ at: k * kw + l, place: (n * h + row) * w + column })
          }
        windows.push(window)
      }
  return windows
}

const optionsOf = ({ kernel, stride, padding }: Pooling) => ({ kernel, stride, padding })
const imagesOf = (shape: readonly number[]): number => shape.slice(0, -2).reduce((a, b) => a * b, 1)
const dot = (a: ops.Tensor, b: ops.Tensor): number => ops.sum(ops.mul(a, b)).item()

/** 2ⁿ units below 2 per channel, so that sums are exact. */
const wave = (shape: readonly number[], step = 1): ops.Tensor => {
  const size = shape.reduce((a, b) => a * b, 1)
  const values = Float64Array.from({ length: size }, (_, i) => (((i + 1) * 37 * step) % 64) / 8 - 4)
  return ops.tensor(values, { shape })
}

describe('maxPool2d', () => {
  it('is the largest element of every whole window, its state the first place of that element', () => {
    fc.assert(
      fc.property(valued, ({ p, x }) => {
        const { output, code } = ops.maxPool2d(asTensor(x), optionsOf(p))
        const windows = windowsOf(imagesOf(x.shape), p)
        const best = windows.map((window) => Math.max(...window.map(({ place }) => x.values[place])))
        expect([...output.dataSync()]).toEqual(best)
        const units = output.shape.slice(-3).reduce((a, b) => a * b, 1)
        const states = ops.unpackStates(code, units, ops.bitsOf(p.kernel[0] * p.kernel[1]))
        expect([...states.dataSync()]).toEqual(
          windows.map((window, i) => window.find(({ place }) => x.values[place] === best[i])!.at),
        )
      }),
    )
  })

  const stateOf = (values: number[], dtype: ops.DType = 'float64'): [number, number] => {
    const x = ops.tensor([[values]], { dtype })
    const { output, code } = ops.maxPool2d(x, { kernel: [1, values.length] })
    return [output.item(), ops.unpackStates(code, 1, ops.bitsOf(values.length)).item()]
  }

  it('the first wins on ties, of zeros of both signs too', () => {
    expect(stateOf([1, 2, 2])).toEqual([2, 1])
    expect(stateOf([-0, 0])).toEqual([-0, 0])
    expect(stateOf([0, -0])).toEqual([0, 0])
    expect(stateOf([-Infinity, -Infinity])).toEqual([-Infinity, 0])
  })

  it('NaN wins and propagates, the first of several, in vectors and behind them', () => {
    expect(stateOf([1, Number.NaN, Infinity])).toEqual([Number.NaN, 1])
    expect(stateOf([Number.NaN, 5, Number.NaN])).toEqual([Number.NaN, 0])
    for (const dtype of ['float32', 'float64'] as const) {
      for (const kernel of [
        [2, 2],
        [2, 3],
      ] as const) {
        for (const at of kernel[1] === 2 ? [0, 1, 2, 3] : [0, 1, 2, 3, 4, 5]) {
          // In every window one NaN beside infinities.
          const [rows, columns] = [4, 11]
          const values = new Float64Array(kernel[0] * rows * kernel[1] * columns).fill(Infinity)
          for (let i = 0; i < rows; i++)
            for (let j = 0; j < columns; j++) {
              const row = i * kernel[0] + Math.floor(at / kernel[1])
              values[row * kernel[1] * columns + j * kernel[1] + (at % kernel[1])] = Number.NaN
            }
          const x = ops.cast(ops.tensor(values, { shape: [1, kernel[0] * rows, kernel[1] * columns] }), dtype)
          const { output, code } = ops.maxPool2d(x, { kernel })
          expect(output.dataSync().every(Number.isNaN)).toBe(true)
          const states = ops.unpackStates(code, rows * columns, ops.bitsOf(kernel[0] * kernel[1]))
          expect(states.dataSync().every((state) => state === at)).toBe(true)
        }
      }
    }
  })

  it('padding never wins, not even over −∞', () => {
    const x = ops.full([1, 1, 3, 3], -Infinity)
    const { output, code } = ops.maxPool2d(x, { kernel: 3, stride: 2, padding: 1 })
    expect(output.dataSync().every((y) => y === -Infinity)).toBe(true)
    // The first elements that lie in the image: row 1, column 1 of the window in the corner, and so on.
    expect(ops.unpackStates(code, 4, 4).toArray()).toEqual([[4, 3, 1, 0]])
  })

  it('a window of one element is that element, and has no bits', () => {
    const x = wave([2, 1, 3, 4])
    const { output, code } = ops.maxPool2d(x, { kernel: 1, stride: [2, 3] })
    expect(code.shape).toEqual([2, 0])
    expect(output.toArray()).toEqual(ops.stridedSlice(x, [null, null, { step: 2 }, { step: 3 }]).toArray())
  })

  it('windows of 5 × 5 have 25 states in 5 planes, of which each sample begins at a word of its own', () => {
    const { code } = ops.maxPool2d(wave([2, 3, 20, 21]), { kernel: 5 })
    expect(code.shape).toEqual([2, 5 * Math.ceil((3 * 4 * 4) / 32)])
  })

  it('leaves out windows that are not whole', () => {
    const x = ops.tensor([
      [
        [1, 2, 100],
        [3, 4, 100],
        [100, 100, 100],
      ],
    ])
    expect(ops.maxPool2d(x, { kernel: 2 }).output.toArray()).toEqual([[[4]]])
  })
})

describe('pickWinners and placeWinners', () => {
  it('picks of the image itself what won', () => {
    fc.assert(
      fc.property(valued, ({ p, x }) => {
        const { output, code } = ops.maxPool2d(asTensor(x), optionsOf(p))
        expect(ops.pickWinners(code, asTensor(x), optionsOf(p)).toArray()).toEqual(output.toArray())
      }),
    )
  })

  it('are adjoint, with axes between samples and images: ⟨g, pick v⟩ = ⟨place g, v⟩', () => {
    fc.assert(
      fc.property(valued, fc.constantFrom([], [3], [2, 2]), ({ p, x }, extra) => {
        const { code } = ops.maxPool2d(asTensor(x), optionsOf(p))
        const v = wave([...p.lead, ...extra, p.channels, ...p.size])
        const picked = ops.pickWinners(code, v, optionsOf(p))
        const g = wave(picked.shape, 3)
        const placed = ops.placeWinners(code, g, { ...optionsOf(p), size: p.size })
        expect(placed.shape).toEqual(v.shape)
        expect(dot(placed, v)).toBe(dot(g, picked))
      }),
    )
  })

  it('windows that share their winner add up what they got', () => {
    const x = ops.tensor([[[0, 0, 9, 0, 0]]])
    const options = { kernel: [1, 3], stride: 1 } as const
    const { code } = ops.maxPool2d(x, options)
    const g = ops.tensor([[[1, 10, 100]]])
    expect(ops.placeWinners(code, g, { ...options, size: [1, 5] }).toArray()).toEqual([[[0, 0, 111, 0, 0]]])
  })

  it('a state that is a place outside of the image picks 0 and places nothing', () => {
    // Element 0 of a window of 3 with padding 1, and element 3 of a window of 3.
    for (const state of [0, 3]) {
      const code = ops.packStates(ops.tensor([state], { dtype: 'int32' }), 2)
      const options = { kernel: [1, 3], stride: 3, padding: [0, 1] } as const
      expect(ops.pickWinners(code, ops.ones([1, 1, 2]), options).toArray()).toEqual([[[0]]])
      const placed = ops.placeWinners(code, ops.ones([1, 1, 1]), { ...options, size: [1, 2] })
      expect(placed.toArray()).toEqual([[[0, 0]]])
    }
  })

  it('a state behind the last element of a window picks 0 and places nothing, though the image goes on there', () => {
    // Windows of 3 × 3, four in a row and one more, in an image with rows below them.
    const options = { kernel: 3, stride: [3, 2] } as const
    const states = ops.full([5], 9, 'int32')
    const code = ops.packStates(states, 4)
    const picked = ops.pickWinners(code, ops.ones([1, 5, 11]), options)
    expect(picked.toArray()).toEqual([[[0, 0, 0, 0, 0]]])
    const placed = ops.placeWinners(code, ops.ones([1, 1, 5]), { ...options, size: [5, 11] })
    expect(ops.sum(placed).item()).toBe(0)
  })
})

describe('sumWindows and spreadWindows', () => {
  it('sum the elements of every window that lie in the image', () => {
    fc.assert(
      fc.property(valued, ({ p, x }) => {
        const sums = windowsOf(imagesOf(x.shape), p).map((window) =>
          window.reduce((total, { place }) => total + x.values[place], 0),
        )
        expect([...ops.sumWindows(asTensor(x), optionsOf(p)).dataSync()]).toEqual(sums)
      }),
    )
  })

  it('are adjoint: ⟨g, sum x⟩ = ⟨spread g, x⟩', () => {
    fc.assert(
      fc.property(valued, ({ p, x }) => {
        const sums = ops.sumWindows(asTensor(x), optionsOf(p))
        const g = wave(sums.shape)
        const spread = ops.spreadWindows(g, { ...optionsOf(p), size: p.size })
        expect(dot(spread, asTensor(x))).toBe(dot(g, sums))
      }),
    )
  })

  it('average pooling divides by all elements of a window, and counts padding as zeros', () => {
    const x = ops.ones([1, 1, 2, 2])
    expect(ops.averagePool2d(x, { kernel: 2 }).toArray()).toEqual([[[[1]]]])
    expect(ops.averagePool2d(x, { kernel: 2, padding: 1 }).toArray()).toEqual([
      [
        [
          [0.25, 0.25],
          [0.25, 0.25],
        ],
      ],
    ])
  })

  it('upsampling repeats every element along rows and columns', () => {
    fc.assert(
      fc.property(
        plain(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 9 }))),
        pair(1, 3),
        (x, [fy, fx]) => {
          const [n, h, w] = x.shape
          const want = Array.from({ length: n }, (_, i) =>
            Array.from({ length: h * fy }, (_, r) =>
              Array.from(
                { length: w * fx },
                (_, c) => x.values[(i * h + Math.floor(r / fy)) * w + Math.floor(c / fx)],
              ),
            ),
          )
          const y = ops.upsample2d(asTensor(x), [fy, fx])
          expect(y.shape).toEqual([n, h * fy, w * fx])
          if (n > 0) expect(y.toArray()).toEqual(want)
        },
      ),
    )
  })

  it('upsampling undoes nothing that averaging does not: the mean of what an element became is that element', () => {
    const x = wave([2, 3, 5, 7])
    expect(ops.averagePool2d(ops.upsample2d(x, 2), { kernel: 2 }).toArray()).toEqual(x.toArray())
  })
})

describe('errors of pooling', () => {
  const x = (): ops.Tensor => ops.ones([2, 3, 4, 5])
  const code = (): ops.Tensor => ops.maxPool2d(x(), { kernel: 2 }).code

  it.each<[string, () => unknown, string]>([
    [
      'ints',
      () => ops.maxPool2d(ops.zeros([1, 4, 4], 'int32'), { kernel: 2 }),
      'maxPool2d: expected float32 or float64, got int32; cast first',
    ],
    [
      'no channels',
      () => ops.maxPool2d(ops.ones([4, 4]), { kernel: 2 }),
      'maxPool2d: expected x [..., C, H, W] of rank ≥ 3, got [4, 4]',
    ],
    [
      'no kernel',
      () => ops.maxPool2d(x(), {} as never),
      'maxPool2d: kernel: expected a whole number of at least 1, or two for rows and columns, got undefined',
    ],
    [
      'a kernel of halves',
      () => ops.sumWindows(x(), { kernel: 1.5 }),
      'sumWindows: kernel: expected a whole number of at least 1, or two for rows and columns, got 1.5',
    ],
    [
      'an unknown option',
      () => ops.averagePool2d(x(), { kernel: 2, strides: 2 } as never),
      "averagePool2d: unknown option 'strides'; did you mean 'stride'? Known: kernel, stride, padding",
    ],
    [
      'padding of a whole window',
      () => ops.averagePool2d(x(), { kernel: 2, padding: 2 }),
      'sumWindows: padding: expected at most half of the window [2, 2], got [2, 2]',
    ],
    [
      'a window larger than the image',
      () => ops.maxPool2d(x(), { kernel: [5, 1] }),
      'maxPool2d: expected a window of at most [4, 5], rows and columns with padding, got one of [5, 1]',
    ],
    [
      'the code of another window',
      () => ops.pickWinners(code(), x(), { kernel: 3, stride: 2 }),
      'pickWinners: expected a code [..., 4] whose leading axes start those of windows [2, 3, 1, 2], got [2, 2]',
    ],
    [
      'the code of other samples',
      () => ops.pickWinners(code(), ops.ones([3, 3, 4, 5]), { kernel: 2 }),
      'pickWinners: expected a code [..., 2] whose leading axes start those of windows [3, 3, 2, 2], got [2, 2]',
    ],
    [
      'a code of ints',
      () => ops.pickWinners(ops.zeros([2, 2], 'int32'), x(), { kernel: 2 }),
      'pickWinners: expected a uint32 code, got int32',
    ],
    [
      'windows of other images',
      () => ops.placeWinners(code(), ops.ones([2, 3, 2, 2]), { kernel: 2, size: 6 }),
      'placeWinners: expected g [..., 3, 3] of images [6, 6], got [2, 3, 2, 2]',
    ],
    [
      'no size',
      () => ops.spreadWindows(x(), { kernel: 2 } as never),
      'spreadWindows: size: expected a whole number of at least 1, or two for rows and columns, got undefined',
    ],
    [
      'a factor of 0',
      () => ops.upsample2d(x(), 0),
      'upsample2d: factor: expected a whole number of at least 1, or two for rows and columns, got 0',
    ],
    [
      'a vector',
      () => ops.upsample2d(ops.ones([3]), 2),
      'upsample2d: expected x [..., H, W] of rank ≥ 2, got [3]',
    ],
    ['a number', () => ops.maxPool2d(3 as never, { kernel: 2 }), 'maxPool2d: expected a tensor, got 3'],
  ])('%s', (_, call, message) => expect(call).toThrow(message))
})
