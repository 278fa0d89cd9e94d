import type { ShapeRule, Spec } from '../../op.ts'
import { expectFloat, same } from '../../op-checks.ts'
import { formatShape, sameShape } from '../../shape.ts'
import type {
  ConvolutionParams,
  ConvolutionTransposeParams,
  ConvolutionWeightParams,
  Pair,
} from './params.ts'
import { sizeOfWindows, windowsIn } from './window-sizes.ts'

/** @throws unless both are floats of one dtype and rank 4. */
function expectImages(op: string, names: readonly [string, string], a: Spec, b: Spec): void {
  same(op, a, b)
  expectFloat(op, a)
  for (const [name, { shape }] of [[names[0], a] as const, [names[1], b] as const])
    if (shape.length !== 4) throw new RangeError(`${op}: expected ${name}, got ${formatShape(shape)}`)
}

/** @throws RangeError unless the channels are as many as the groups need. */
function expectChannels(op: string, what: string, channels: number, expected: number, groups: number): void {
  if (channels === expected) return
  const parts = groups === 1 ? '' : ` in ${groups} groups`
  throw new RangeError(`${op}: expected ${expected} ${what}${parts}, got ${channels}`)
}

/** @throws RangeError unless it can be divided into the groups. */
function expectDivisible(op: string, what: string, channels: number, groups: number): void {
  if (channels % groups !== 0)
    throw new RangeError(`${op}: groups: expected a divisor of ${channels} ${what}, got ${groups}`)
}

const sizeOf = ({ shape }: Spec): Pair => [shape[2], shape[3]]

export const conv2d: ShapeRule<ConvolutionParams> = {
  outputs(op, [x, weight], params) {
    const { groups } = params
    expectImages(op, ['x [N, C, H, W]', 'a weight [O, C / groups, kh, kw]'], x, weight)
    const [count, channels] = x.shape
    const made = weight.shape[0]
    expectDivisible(op, 'channels', channels, groups)
    expectDivisible(op, 'channels of the result', made, groups)
    expectChannels(op, 'channels of the weight', weight.shape[1], channels / groups, groups)
    const size = windowsIn(op, sizeOf(x), { ...params, kernel: sizeOf(weight) })
    return [{ shape: [count, made, ...size], dtype: x.dtype }]
  },
}

export const convTranspose2d: ShapeRule<ConvolutionTransposeParams> = {
  outputs(op, [x, weight], params) {
    const { groups, outputPadding, stride } = params
    expectImages(op, ['x [N, C, H, W]', 'a weight [C, O / groups, kh, kw]'], x, weight)
    const [count, channels] = x.shape
    expectDivisible(op, 'channels', channels, groups)
    expectChannels(op, 'channels that the weight takes', weight.shape[0], channels, 1)
    if (outputPadding.some((rest, axis) => rest >= stride[axis])) {
      throw new RangeError(
        `${op}: outputPadding: expected less than the stride ${formatShape(stride)}, got ${formatShape(outputPadding)}`,
      )
    }
    const size = sizeOfWindows(op, sizeOf(x), { ...params, kernel: sizeOf(weight) }, outputPadding)
    return [{ shape: [count, weight.shape[1] * groups, ...size], dtype: x.dtype }]
  },
}

export const convWeight2d: ShapeRule<ConvolutionWeightParams> = {
  outputs(op, [x, g], params) {
    const { groups, kernel } = params
    expectImages(op, ['x [N, C, H, W]', 'g [N, O, OH, OW]'], x, g)
    const [count, channels] = x.shape
    const made = g.shape[1]
    expectDivisible(op, 'channels', channels, groups)
    expectDivisible(op, 'channels of g', made, groups)
    const expected = [count, made, ...windowsIn(op, sizeOf(x), params)]
    if (!sameShape(g.shape, expected))
      throw new RangeError(`${op}: expected g ${formatShape(expected)}, got ${formatShape(g.shape)}`)
    return [{ shape: [made, channels / groups, ...kernel], dtype: x.dtype }]
  },
}
