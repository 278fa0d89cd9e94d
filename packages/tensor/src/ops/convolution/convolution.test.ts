import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as f from '../../index.ts'
import { asTensor, at, build, plain } from '../../testing/arrays.ts'
import { draws } from '../../testing/values.ts'

beforeAll(() => f.init())

const pair = (low: number, high: number): fc.Arbitrary<readonly [number, number]> =>
  fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high }))

/** Images, a kernel and how it slides, so that at least one window fits. */
const convolutions = fc
  .record({
    count: fc.nat(3),
    channels: fc.nat(3),
    made: fc.nat(3),
    size: pair(1, 9),
    kernel: pair(1, 4),
    stride: pair(1, 5),
    padding: pair(0, 3),
    dilation: pair(1, 3),
    groups: fc.integer({ min: 1, max: 3 }),
  })
  .filter(({ size, kernel, padding, dilation }) =>
    size.every((length, axis) => length + 2 * padding[axis] > dilation[axis] * (kernel[axis] - 1)),
  )
  .chain(({ count, channels, made, size, kernel, stride, padding, dilation, groups }) =>
    fc.record({
      x: plain(fc.constant([count, channels * groups, ...size])),
      weight: plain(fc.constant([made * groups, channels, ...kernel])),
      options: fc.constant({ stride, padding, dilation, groups }),
    }),
  )

const dot = (a: f.Tensor, b: f.Tensor): number => f.sum(f.mul(a, b)).item()

const settings = { numRuns: 150 }

describe('conv2d', () => {
  it('is the sum over channels and the kernel, with zeros outside, for every stride, padding, dilation and number of groups', () => {
    fc.assert(
      fc.property(convolutions, ({ x, weight, options }) => {
        const { stride, padding, dilation, groups } = options
        const [count, channels, height, width] = x.shape
        const [made, taken, kh, kw] = weight.shape
        const length = (axis: 0 | 1, size: number, kernel: number): number =>
          Math.floor((size + 2 * padding[axis] - dilation[axis] * (kernel - 1) - 1) / stride[axis]) + 1
        const shape = [count, made, length(0, height, kh), length(1, width, kw)]
        const want = build(shape, ([n, o, i, j]) => {
          const first = Math.floor(o / (made / groups)) * (channels / groups)
          return build([taken, kh, kw], ([c, k, l]) => {
            const row = i * stride[0] - padding[0] + k * dilation[0]
            const column = j * stride[1] - padding[1] + l * dilation[1]
            if (row < 0 || row >= height || column < 0 || column >= width) return 0
            return at(x, [n, first + c, row, column]) * at(weight, [o, c, k, l])
          }).reduce((a, b) => a + b, 0)
        })
        const y = f.conv2d(asTensor(x), asTensor(weight), options)
        expect(y.shape).toEqual(shape)
        const all = f.allClose(y, f.tensor(want, { dtype: 'float64', shape }), { absolute: 1e-10 })
        expect(all.item()).toBe(1)
      }),
      settings,
    )
  })

  it('takes one number for rows and columns', () => {
    const [x, weight] = [f.ones([1, 2, 6, 7]), f.ones([1, 2, 2, 2])]
    const pairs = f.conv2d(x, weight, { stride: [2, 2], padding: [1, 1], dilation: [2, 2] })
    expect(f.conv2d(x, weight, { stride: 2, padding: 1, dilation: 2 }).toArray()).toEqual(pairs.toArray())
  })
})

describe('convTranspose2d and convWeight2d', () => {
  it('are the adjoints of conv2d in its images and in its weight', () => {
    fc.assert(
      fc.property(convolutions, ({ x, weight, options }) => {
        const [a, w] = [asTensor(x), asTensor(weight)]
        const y = f.conv2d(a, w, options)
        const g = f.cos(f.reshape(f.arange(0, y.size, 1, 'float64'), y.shape))
        const [, , height, width] = x.shape
        const [, , kh, kw] = weight.shape
        const kernel: [number, number] = [kh, kw]
        const rest = (axis: 0 | 1, size: number): number =>
          (size + 2 * options.padding[axis] - options.dilation[axis] * (kernel[axis] - 1) - 1) %
          options.stride[axis]
        const outputPadding: [number, number] = [rest(0, height), rest(1, width)]
        const back = f.convTranspose2d(g, w, { ...options, outputPadding })
        expect(back.shape).toEqual(x.shape)
        const product = dot(y, g)
        expect(dot(a, back)).toBeCloseTo(product, 8)
        expect(dot(w, f.convWeight2d(a, g, { ...options, kernel }))).toBeCloseTo(product, 8)
      }),
      settings,
    )
  })
})

describe('on wasm, long sums', () => {
  beforeAll(() => f.init({ backend: 'wasm' }))

  it('over images and windows stay within a millionth in float32, of eight million terms', () => {
    const shape = [2048, 1, 64, 64]
    const pool = Float32Array.from({ length: 65521 }, draws(7))
    const [a, b] = [1, 7].map((step) => {
      const values = new Float32Array(f.sizeOf(shape))
      for (let i = 0; i < values.length; i++) values[i] = pool[(i * step) % pool.length]
      return values
    })
    const want = a.reduce((total, value, i) => total + value * b[i], 0)
    const [got] = f.convWeight2d(f.tensor(a, { shape }), f.tensor(b, { shape }), { kernel: 1 }).dataSync()
    expect(Math.abs(got / want - 1)).toBeLessThan(1e-6)
  })
})

/** Multiples of ½, the same wherever they are computed. */
const halves = (shape: f.Shape, step: number): f.Tensor =>
  f.tensor(
    Float64Array.from({ length: f.sizeOf(shape) }, (_, i) => (((i * step) % 13) - 6) / 2),
    { shape },
  )

/**
 * Computed by PyTorch 1.13 in float64:
 *
 * def halves(shape, step): return torch.tensor([((i * step) % 13 - 6) / 2 for i in range(math.prod(shape))]).reshape(shape)
 * x, w = halves([1, 4, 5, 4], 5).requires_grad_(), halves([2, 2, 3, 2], 7).requires_grad_()
 * y = F.conv2d(x, w, stride=(2, 1), padding=(1, 2), dilation=(1, 2), groups=2)
 * dx, dw = torch.autograd.grad(y, [x, w], halves(y.shape, 3))
 * t = F.conv_transpose2d(halves([1, 2, 2, 3], 5), w, stride=(3, 2), padding=(1, 0), output_padding=(2, 1), dilation=(1, 2))
 */
const pytorch = {
  y: [
    ...[
      -3, 0.75, -2.75, 2.25, -1.5, -0.25, -1.75, -1.5, -7.5, 5.5, 3, -7, 2.75, -1.75, 1.25, -0.5, -3.25, -0.5,
    ],
    ...[
      -2.75, -1.5, 0, -3.25, 4.25, -0.25, -3.25, 3, -8.75, -3.25, 6.5, 5.75, 7, -3.25, -1, -1.25, -6.5, 3.5,
    ],
  ],
  dx: [
    ...[
      -3, -5.25, -7.5, 6.5, -12.25, 2.75, -1.75, 3.5, -6.75, 7.25, 5, -3.75, -0.25, 5, 0.5, -13.75, 5.75, -3,
    ],
    ...[-5.25, -7.5, -7.5, -5.25, -3, 5.75, -13.75, 0.5, 5, -0.25, -3.75, 5, 7.25, -6.75, 3.5, -1.75, 2.75],
    ...[
      -12.25, 6.5, -7.5, -5.25, -3, 5.5, 2.5, -3.75, -6.75, 3.5, -2.5, 4.5, -1.5, -2.75, -5.75, 7.5, 4.5, -13,
    ],
    ...[
      0.5, 7.5, 1.5, -7.75, 5.5, 2.5, -3.75, 4, 5.5, -6, -4.5, -1.75, 1.25, -2.25, 0.75, -6.5, -5, 3, 4.5,
      -13,
    ],
    ...[-0.25, 6, -0.75, -4, 4, 5.5, -6],
  ],
  dw: [
    ...[
      -0.75, 8.25, 4.25, 8, 10, -13.5, -5.75, -7.25, -9, 1.75, -10.25, -2, -0.25, -12.25, 3.25, 4.75, 6,
      -15.75,
    ],
    ...[-5, 5, -8, -9.25, -4.25, -4],
  ],
  // Every other column is 0: strides and dilation are even.
  t: [
    ...[
      7, 1.5, -10.5, 8.25, 5, 0, -10.25, 8, 6, -2.5, -16.25, 6, 5, -2, -14, 6.75, 4, -1.5, -11.75, 7.5, 0, 0,
      0, 0,
    ],
    ...[
      1, -3, -9.75, 7.5, -1, -4.5, -9.5, 7.25, 3, -1, -9.5, 8.25, 2, -0.5, -7.25, 9, 1, 0, -5, 9.75, 0, 0, 0,
      0,
    ],
  ],
}

describe.each(['reference', 'wasm'])("PyTorch's numbers on %s", (backend) => {
  beforeAll(() => f.init({ backend }))
  const options = { stride: [2, 1], padding: [1, 2], dilation: [1, 2], groups: 2 } as const

  it('come from conv2d and both adjoints', () => {
    const [x, weight] = [halves([1, 4, 5, 4], 5), halves([2, 2, 3, 2], 7)]
    const y = f.conv2d(x, weight, options)
    expect(y.shape).toEqual([1, 2, 3, 6])
    expect([...y.dataSync()]).toEqual(pytorch.y)
    const g = halves(y.shape, 3)
    expect([...f.convTranspose2d(g, weight, options).dataSync()]).toEqual(pytorch.dx)
    expect([...f.convWeight2d(x, g, { ...options, kernel: [3, 2] }).dataSync()]).toEqual(pytorch.dw)
  })

  it('come from convTranspose2d with output padding', () => {
    const t = f.convTranspose2d(halves([1, 2, 2, 3], 5), halves([2, 2, 3, 2], 7), {
      ...{ stride: [3, 2], padding: [1, 0], outputPadding: [2, 1], dilation: [1, 2] },
    })
    expect(t.shape).toEqual([1, 2, 6, 8])
    expect([...t.dataSync()]).toEqual(pytorch.t.flatMap((value) => [value, 0]))
  })
})

describe('what does not fit is refused:', () => {
  const image = (...shape: number[]): f.Tensor => f.zeros(shape)
  const cases: [string, () => unknown, string][] = [
    [
      'channels',
      () => f.conv2d(image(1, 3, 5, 5), image(2, 4, 3, 3)),
      'conv2d: expected 3 channels of the weight, got 4',
    ],
    [
      'channels of a group',
      () => f.conv2d(image(1, 4, 5, 5), image(2, 4, 3, 3), { groups: 2 }),
      'conv2d: expected 2 channels of the weight in 2 groups, got 4',
    ],
    [
      'groups that do not divide',
      () => f.conv2d(image(1, 3, 5, 5), image(2, 1, 3, 3), { groups: 2 }),
      'conv2d: groups: expected a divisor of 3 channels, got 2',
    ],
    [
      'groups that do not divide the result',
      () => f.conv2d(image(1, 4, 5, 5), image(3, 2, 3, 3), { groups: 2 }),
      'conv2d: groups: expected a divisor of 3 channels of the result, got 2',
    ],
    [
      'another rank',
      () => f.conv2d(image(3, 5, 5), image(2, 3, 3, 3)),
      'conv2d: expected x [N, C, H, W], got [3, 5, 5]',
    ],
    [
      'a weight of another rank',
      () => f.convTranspose2d(image(1, 3, 5, 5), image(3, 3)),
      'convTranspose2d: expected a weight [C, O / groups, kh, kw], got [3, 3]',
    ],
    [
      'a kernel above the image',
      () => f.conv2d(image(1, 1, 5, 4), image(1, 1, 3, 3), { dilation: [1, 2] }),
      'conv2d: expected a window of at most [5, 4], rows and columns with padding, got one of [3, 5]',
    ],
    [
      'an image without rows',
      () => f.conv2d(image(1, 1, 0, 4), image(1, 1, 1, 1)),
      'conv2d: expected a window of at most [0, 4], rows and columns with padding, got one of [1, 1]',
    ],
    [
      'output padding as long as the stride',
      () => f.convTranspose2d(image(1, 1, 2, 2), image(1, 1, 3, 3), { stride: 2, outputPadding: [1, 2] }),
      'convTranspose2d: outputPadding: expected less than the stride [2, 2], got [1, 2]',
    ],
    [
      'channels that the weight does not take',
      () => f.convTranspose2d(image(1, 2, 2, 2), image(3, 1, 3, 3)),
      'convTranspose2d: expected 2 channels that the weight takes, got 3',
    ],
    [
      'a result of nothing',
      () => f.convTranspose2d(image(1, 1, 1, 1), image(1, 1, 2, 2), { padding: 1 }),
      'convTranspose2d: expected rows and columns that give at least one of each, got [1, 1], which give [0, 0]',
    ],
    [
      'a cotangent of another shape',
      () => f.convWeight2d(image(2, 1, 4, 4), image(2, 3, 4, 4), { kernel: 3 }),
      'convWeight2d: expected g [2, 3, 2, 2], got [2, 3, 4, 4]',
    ],
    [
      'whole numbers',
      () => f.conv2d(f.zeros([1, 1, 2, 2], 'int32'), f.zeros([1, 1, 1, 1], 'int32')),
      'conv2d: expected float32 or float64, got int32; cast first',
    ],
    [
      'two dtypes',
      () => f.conv2d(image(1, 1, 2, 2), f.zeros([1, 1, 1, 1], 'float64')),
      'conv2d: dtypes differ: float32 and float64; cast one',
    ],
    [
      'a stride of 0',
      () => f.conv2d(image(1, 1, 2, 2), image(1, 1, 1, 1), { stride: [1, 0] }),
      'conv2d: stride: expected a whole number of at least 1, or two for rows and columns, got [1, 0]',
    ],
    [
      'a padding in words',
      () => f.conv2d(image(1, 1, 2, 2), image(1, 1, 1, 1), { padding: 'same' as never }),
      "conv2d: padding: expected a whole number of at least 0, or two for rows and columns, got 'same'",
    ],
    [
      'an unknown option',
      () => f.conv2d(image(1, 1, 2, 2), image(1, 1, 1, 1), { strides: 2 } as never),
      "conv2d: unknown option 'strides'; did you mean 'stride'? Known: stride, padding, dilation, groups",
    ],
    [
      'no kernel',
      () => f.convWeight2d(image(1, 1, 2, 2), image(1, 1, 2, 2), {} as never),
      'convWeight2d: kernel: expected a whole number of at least 1, or two for rows and columns, got undefined',
    ],
    [
      'what is no tensor',
      () => f.conv2d([1] as never, image(1, 1, 2, 2)),
      'conv2d: expected a tensor, got an array of 1',
    ],
  ]
  it.each(cases)('%s', (_, call, message) => expect(call).toThrow(message))
})
