import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { leakyReluActivation, reluActivation } from '../../../activation.ts'
import { full } from '../../../creation.ts'
import * as ops from '../../../ops/index.ts'
import { scope } from '../../../scope.ts'
import { updateInPlace } from '../../../update.ts'
import { processors } from './processors.ts'
import { expectSameOnTwoThreads, numbers } from './testing.ts'

const floats = ['float32', 'float64'] as const

/** Rows, columns and terms of products that take 0.05 to 0.5 ms: most are forked. */
const sizes = fc
  .tuple(
    fc.oneof(fc.integer({ min: 8, max: 40 }), fc.integer({ min: 100, max: 300 })),
    fc.oneof(fc.integer({ min: 8, max: 40 }), fc.integer({ min: 100, max: 900 })),
  )
  .chain(([m, n]) => {
    const least = Math.ceil(6e5 / (m * n))
    return fc.tuple(fc.constant(m), fc.constant(n), fc.integer({ min: least, max: Math.max(5 * least, 400) }))
  })

const product = fc.record({
  size: sizes,
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  dtype: fc.constantFrom(...floats),
})

describe.skipIf(processors() < 2)('on two threads the same bits as on one come from', () => {
  it('products of any shape and layout', () =>
    expectSameOnTwoThreads(() =>
      fc
        .sample(product, { numRuns: 60, seed: 4 })
        .map(({ size: [m, n, k], transposeA, transposeB, dtype }) => {
          const a = numbers(dtype, transposeA ? [k, m] : [m, k], 1)
          const b = numbers(dtype, transposeB ? [n, k] : [k, n], 2)
          return ops.matmul(a, b, { transposeA, transposeB })
        }),
    ))

  it.each(floats)('products in batches, %s', (dtype) =>
    expectSameOnTwoThreads(() => {
      const [a, b] = [numbers(dtype, [3, 5, 33, 50], 1), numbers(dtype, [5, 50, 70], 2)]
      const [c, d] = [numbers(dtype, [40, 10, 300], 3), numbers(dtype, [40, 300, 10], 4)]
      return [ops.matmul(a, b), ops.matmul(c, d), ops.matmul(a, a, { transposeB: true })]
    }),
  )

  it.each(floats)('affine maps with codes, and their slopes, %s', (dtype) =>
    expectSameOnTwoThreads(() => {
      const [x, weight] = [numbers(dtype, [400, 40], 1), numbers(dtype, [500, 40], 2)]
      const { output, code } = ops.affine(x, weight, numbers(dtype, [500], 3), reluActivation)
      return [output, code, ops.applySlopes(code, output, reluActivation)]
    }),
  )

  it.each(floats)('activations alone, and the winners of windows, %s', (dtype) =>
    expectSameOnTwoThreads(() => {
      const x = numbers(dtype, [20, 8, 30, 31], 1)
      const { output, code } = ops.activate(ops.reshape(x, [20, -1]), leakyReluActivation(0.1))
      const pooled = ops.maxPool2d(x, { kernel: 3, stride: 2 })
      const placed = ops.placeWinners(pooled.code, pooled.output, { kernel: 3, stride: 2, size: [30, 31] })
      return [output, code, pooled.output, pooled.code, placed]
    }),
  )

  it.each(floats)('convolutions, their transposes and what weights get, %s', (dtype) =>
    expectSameOnTwoThreads(() =>
      [
        { size: 14, channels: 16, made: 32, options: { padding: 1 } },
        { size: 28, channels: 3, made: 1, options: { padding: 1, stride: 2 } },
        { size: 33, channels: 8, made: 6, options: { dilation: 2, groups: 2, stride: [3, 1] as const } },
      ].flatMap(({ size, channels, made, options }) => {
        const { groups = 1 } = options as { groups?: number }
        const x = numbers(dtype, [64, channels, size, size], 1)
        const weight = numbers(dtype, [made, channels / groups, 3, 3], 2)
        const y = ops.conv2d(x, weight, options)
        const back = ops.convTranspose2d(y, weight, options)
        return [y, back, ops.convWeight2d(x, y, { ...options, kernel: 3 })]
      }),
    ),
  )

  it.each(floats)('updates of parameters by factors and by arrays, %s', (dtype) =>
    expectSameOnTwoThreads(() =>
      [
        [301, 700, 16],
        [7, 30_000, 5],
        [20_000, 9, 12],
        [300, 250, 300],
      ].flatMap(([m, n, rank]) => {
        const shape = [m, n]
        const factors = { left: numbers(dtype, [rank, m], 1), right: numbers(dtype, [rank, n], 2), shape }
        const dense = numbers(dtype, shape, 3)
        return [[factors], [dense], [factors, dense]].flatMap((gradient) => {
          const [parameter, velocity] = [numbers(dtype, shape, 4), numbers(dtype, shape, 5)]
          const [weight, firstMoment] = [numbers(dtype, shape, 6), numbers(dtype, shape, 7)]
          const secondMoment = full(shape, 0.5, dtype)
          const common = { learningRate: 0.1, weightDecay: 0.01 }
          updateInPlace('sgd', { parameter, velocity }, gradient, { ...common, momentum: 0.9 })
          const moments = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, step: 3 }
          const state = { parameter: weight, firstMoment, secondMoment }
          updateInPlace('adam', state, gradient, { ...common, ...moments })
          updateInPlace('adamW', state, gradient, { ...common, ...moments })
          const sum = numbers(dtype, shape, 8)
          updateInPlace('accumulate', { parameter: sum }, gradient, { weight: 0.3, decay: 0.1 })
          return [parameter, velocity, weight, firstMoment, secondMoment, sum]
        })
      }),
    ),
  )

  it.each(floats)('elements and sums of large arrays, %s', (dtype) =>
    expectSameOnTwoThreads(() => {
      const shape = [700, 501]
      const [x, y, row] = [numbers(dtype, shape, 1), numbers(dtype, shape, 2), numbers(dtype, [501], 3)]
      return [
        ...[ops.add(x, y), ops.mul(x, 3), ops.div(2, x), ops.sub(x, row), ops.maximum(x, y)],
        ...[ops.square(x), ops.exp(x), ops.tanh(y), ops.abs(x), ops.pow(ops.abs(x), y)],
        ...[ops.sum(x), ops.sum(x, [0]), ops.sum(x, [1]), ops.max(x, [1])],
      ]
    }),
  )

  it('run after run', () =>
    expectSameOnTwoThreads(() => {
      const [a, b] = [numbers('float32', [16, 512], 1), numbers('float32', [512, 784], 2)]
      const first = ops.matmul(a, b)
      const expected = first.dataSync()
      for (let i = 0; i < 300; i++) {
        const again = scope(() => ops.matmul(a, b).dataSync())
        expect(Buffer.compare(bytesOf(again), bytesOf(expected))).toBe(0)
      }
      return [first]
    }))
})

const bytesOf = ({ buffer }: { buffer: ArrayBufferLike }): Uint8Array => new Uint8Array(buffer)
