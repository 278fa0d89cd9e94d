import { bitsOf, wordsOf } from '../../code-words.ts'
import type { ShapeRule, Spec } from '../../op.ts'
import { expectFloat, expectRank } from '../../op-checks.ts'
import { formatShape, type Shape, sizeOf } from '../../shape.ts'
import type { Pair } from './params.ts'
import type { PlacingParams, PoolingParams } from './pooling-params.ts'
import { windowsIn } from './window-sizes.ts'

/** Rows and columns of images or of what their windows make. */
const areaOf = ({ shape }: Spec): Pair => [shape[shape.length - 2], shape[shape.length - 1]]

/**
 * How many windows lie in images.
 *
 * @throws RangeError where none does, or padding is more than half of a window: one might hold padding alone
 */
function countWindows(op: string, size: Pair, params: PoolingParams): Pair {
  const { kernel, padding } = params
  if (2 * padding[0] > kernel[0] || 2 * padding[1] > kernel[1]) {
    throw new RangeError(
      `${op}: padding: expected at most half of the window ${formatShape(kernel)}, got ${formatShape(padding)}`,
    )
  }
  return windowsIn(op, size, params)
}

/** @throws RangeError unless the windows lie in images of that size */
function expectWindows(op: string, g: Spec, params: PlacingParams): void {
  const counts = countWindows(op, params.size, params)
  const [rows, columns] = areaOf(g)
  if (rows === counts[0] && columns === counts[1]) return
  throw new RangeError(
    `${op}: expected g [..., ${counts.join(', ')}] of images ${formatShape(params.size)}, got ${formatShape(g.shape)}`,
  )
}

/** Other rows and columns. */
const withArea = ({ shape, dtype }: Spec, area: Pair): Spec => ({
  shape: [...shape.slice(0, -2), ...area],
  dtype,
})

/** Words of the code of a sample, whose windows are the last three axes of a shape. */
const wordsOfWindows = (windows: Shape, { kernel }: PoolingParams): number =>
  wordsOf(sizeOf(windows.slice(-3)), bitsOf(kernel[0] * kernel[1]))

/** @throws unless the code is one of windows [...lead, ...extra, C, OH, OW] */
function expectCode(op: string, code: Spec, windows: Shape, params: PoolingParams): void {
  if (code.dtype !== 'uint32') throw new TypeError(`${op}: expected a uint32 code, got ${code.dtype}`)
  const words = wordsOfWindows(windows, params)
  const lead = code.shape.slice(0, -1)
  const isLead = lead.length <= windows.length - 3 && lead.every((length, i) => length === windows[i])
  if (code.shape.at(-1) === words && isLead) return
  throw new RangeError(
    `${op}: expected a code [..., ${words}] whose leading axes start those of windows ${formatShape(windows)}, got ${formatShape(code.shape)}`,
  )
}

function expectImages(op: string, what: string, x: Spec, rank: number): void {
  expectFloat(op, x)
  expectRank(op, what, x, rank)
}

export const maxPool2d: ShapeRule<PoolingParams> = {
  outputs(op, [x], params) {
    expectImages(op, 'x [..., C, H, W]', x, 3)
    const y = withArea(x, countWindows(op, areaOf(x), params))
    return [y, { shape: [...x.shape.slice(0, -3), wordsOfWindows(y.shape, params)], dtype: 'uint32' }]
  },
}

export const pickWinners: ShapeRule<PoolingParams> = {
  outputs(op, [code, v], params) {
    expectImages(op, 'v [..., C, H, W]', v, 3)
    const y = withArea(v, countWindows(op, areaOf(v), params))
    expectCode(op, code, y.shape, params)
    return [y]
  },
}

export const placeWinners: ShapeRule<PlacingParams> = {
  outputs(op, [code, g], params) {
    expectImages(op, 'g [..., C, OH, OW]', g, 3)
    expectWindows(op, g, params)
    expectCode(op, code, g.shape, params)
    return [withArea(g, params.size)]
  },
}

export const sumWindows: ShapeRule<PoolingParams> = {
  outputs(op, [x], params) {
    expectImages(op, 'x [..., H, W]', x, 2)
    return [withArea(x, countWindows(op, areaOf(x), params))]
  },
}

export const spreadWindows: ShapeRule<PlacingParams> = {
  outputs(op, [g], params) {
    expectImages(op, 'g [..., OH, OW]', g, 2)
    expectWindows(op, g, params)
    return [withArea(g, params.size)]
  },
}
