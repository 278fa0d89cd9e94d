import type { Kernel } from '../../../backend.ts'
import type { KernelOperand } from '../../../kernel-operand.ts'
import type { ConvolutionParams, Pair } from '../../../ops/convolution/params.ts'
import type { Family } from '../../../ops/convolution/pooling-params.ts'
import type { Block } from '../block.ts'
import { kernels as text, version } from '../convolution.generated.ts'
import type { WasmFamily } from '../family.ts'
import { bytesPerElement, type Heap } from '../heap.ts'
import { codes } from '../kernels.generated.ts'
import { byDType, type Module } from '../module.ts'
import { convolutionSplits } from './convolution-splits.ts'
import { floats } from './dtypes.ts'
import { poolingKernels } from './pooling.ts'

type Operand = KernelOperand<Block>
type ConvolutionKernels = { readonly [N in keyof Family]: Kernel<Block, Family[N]> }

/**
 * Images are taken in portions of at most so many bytes, one image at least: what is laid out stays in the second-level cache, and sums over images
 * are sums of portions.
 */
const PORTION = 2 ** 20

/** Images as the kernels read them, all sizes in bytes. */
interface LaidOut {
  readonly pointer: number
  /** From a channel to the next, and from a row to the next. */
  readonly channel: number
  readonly row: number
  /** Columns whose places differ by a multiple of it stand beside each other, in phases of `wide` elements. */
  readonly phases: number
  readonly wide: number
}

/** Rows and columns of images that windows see: those from the `first` on, so many. */
interface Sight {
  readonly first: Pair
  readonly size: Pair
  readonly phases: number
}

/** How the result of a transposed convolution is divided: rows and columns of the same rest see the same elements of the kernel. */
interface Part {
  /** The first element of the kernel that is seen, the step to the next, and how many there are. */
  readonly tap: number
  readonly tapStep: number
  readonly taps: number
  /** The element of x that the first one multiplies, and how far back the next lies. */
  readonly from: number
  readonly back: number
  /** How many rows or columns. */
  readonly count: number
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))

/** The parts of one axis, one for each rest by the stride. */
function partsOf(length: number, kernel: number, stride: number, padding: number, dilation: number): Part[] {
  const common = divisor(stride, dilation)
  const tapStep = stride / common
  return Array.from({ length: Math.min(stride, length) }, (_, rest) => {
    let tap = 0
    while (tap < tapStep && (rest + padding - dilation * tap) % stride !== 0) tap++
    const taps = tap === tapStep ? 0 : Math.max(0, Math.ceil((kernel - tap) / tapStep))
    const from = taps === 0 ? 0 : (rest + padding - dilation * tap) / stride
    const count = Math.ceil((length - rest) / stride)
    return { tap, tapStep, taps, from, back: dilation / common, count }
  })
}

/** The elements of x that parts see, along one axis. */
function reachOf(parts: readonly Part[]): [first: number, size: number] {
  const seeing = parts.filter(({ taps }) => taps > 0)
  const first = Math.min(0, ...seeing.map(({ from, taps, back }) => from - (taps - 1) * back))
  const last = Math.max(0, ...seeing.map(({ from, count }) => from + count))
  return [first, last - first]
}

function makeKernels(heap: Heap, module: Module, main: Module): ConvolutionKernels {
  const layOut = byDType(module, 'layOut', floats)
  const convolve = byDType(module, 'convolve', floats)
  const weigh = byDType(module, 'weigh', floats)
  const combine = byDType(main, 'combine', floats)

  /** Runs `f` for portions of the images: from which, how many, and how they lie. */
  const eachPortion = (
    x: Operand,
    { first: [top, left], size: [rows, columns], phases }: Sight,
    f: (from: number, count: number, images: LaidOut) => void,
  ): void => {
    const [count, channels, height, width] = x.shape
    const unit = bytesPerElement(x.dtype)
    const isAsItLies = top === 0 && left === 0 && phases === 1 && rows <= height && columns <= width
    const wide = isAsItLies ? width : Math.ceil(columns / phases)
    const row = phases * wide * unit
    const channel = (isAsItLies ? height : rows) * row
    const most = Math.max(1, Math.min(count, Math.floor(PORTION / Math.max(1, channels * channel))))
    const room = isAsItLies ? null : heap.allocate('bool', most * channels * channel)
    // Of no image there is one portion all the same: results may have to be filled with zeros.
    for (let from = 0; from === 0 || from < count; from += most) {
      const some = Math.min(most, count - from)
      const at = x.buffer.pointer + from * channels * height * width * unit
      if (room !== null) {
        const call = layOut[x.dtype as 'float32']
        call(some * channels, height, width, -top, -left, rows, phases, wide, at, room.pointer)
      }
      f(from, some, { pointer: room?.pointer ?? at, channel, row, phases, wide })
    }
    if (room !== null) heap.release(room)
  }

  /** What windows see of the images. */
  const sightOf = (
    windows: Operand,
    kernel: Pair,
    { stride, padding, dilation }: ConvolutionParams,
  ): Sight => {
    const reach = (axis: 0 | 1): number =>
      (windows.shape[2 + axis] - 1) * stride[axis] + (kernel[axis] - 1) * dilation[axis] + 1
    return { first: [-padding[0], -padding[1]], size: [reach(0), reach(1)], phases: stride[1] }
  }

  const conv2d: Kernel<Block, ConvolutionParams> = ([x, weight], [y], params) => {
    const { stride, dilation, groups } = params
    const [, made, rows, columns] = y.shape
    const [, taken, kh, kw] = weight.shape
    const unit = bytesPerElement(x.dtype)
    const [given, plane] = [made / groups, rows * columns * unit]
    if (y.size === 0) return
    eachPortion(x, sightOf(y, [kh, kw], params), (from, count, { pointer, channel, row, phases, wide }) => {
      convolve[x.dtype as 'float32'](
        ...[0, count, groups, taken, given, rows, columns, pointer, channel, stride[0] * row],
        ...[kh, kw, dilation[0] * row, dilation[1], phases, wide],
        ...[weight.buffer.pointer, given * taken * kh * kw, taken * kh * kw, kh * kw, kw, 1],
        ...[y.buffer.pointer + from * made * plane, plane, columns * unit, unit],
      )
    })
  }

  const convTranspose2d: ConvolutionKernels['convTranspose2d'] = ([x, weight], [y], params) => {
    const { stride, padding, dilation, groups } = params
    const [, made, height, width] = y.shape
    const [channels, given, kh, kw] = weight.shape
    const unit = bytesPerElement(x.dtype)
    const plane = height * width * unit
    if (y.size === 0) return
    const downward = partsOf(height, kh, stride[0], padding[0], dilation[0])
    const across = partsOf(width, kw, stride[1], padding[1], dilation[1])
    const [top, rows] = reachOf(downward)
    const [left, columns] = reachOf(across)
    const sight: Sight = { first: [top, left], size: [rows, columns], phases: 1 }
    const taken = channels / groups
    eachPortion(x, sight, (from, count, { pointer, channel, row, wide }) => {
      const to = y.buffer.pointer + from * made * plane
      downward.forEach((down, i) => {
        across.forEach((along, j) => {
          const isEmpty = down.taps * along.taps === 0
          convolve[x.dtype as 'float32'](
            ...[0, count, groups, isEmpty ? 0 : taken, given, down.count, along.count],
            ...[pointer + (down.from - top) * row + (along.from - left) * unit, channel, row],
            ...[Math.max(1, down.taps), Math.max(1, along.taps), -down.back * row, -along.back, 1, wide],
            ...[weight.buffer.pointer + (down.tap * kw + along.tap) * unit, taken * given * kh * kw],
            ...[kh * kw, given * kh * kw, down.tapStep * kw, along.tapStep],
            ...[to + (i * width + j) * unit, plane, stride[0] * width * unit, stride[1] * unit],
          )
        })
      })
    })
  }

  const convWeight2d: ConvolutionKernels['convWeight2d'] = ([x, g], [y], params) => {
    const { stride, dilation, groups, kernel } = params
    const [, made, rows, columns] = g.shape
    const [, taken, kh, kw] = y.shape
    const unit = bytesPerElement(x.dtype)
    if (y.size === 0) return
    const dtype = x.dtype as 'float32'
    const [to, count] = [y.buffer.pointer, y.size]
    let part: Block | null = null
    eachPortion(x, sightOf(g, kernel, params), (from, some, { pointer, channel, row, phases, wide }) => {
      if (from > 0) part ??= heap.allocate(x.dtype, count)
      const at = part?.pointer ?? to
      weigh[dtype](
        ...[0, taken * kh * kw, some, groups, taken, made / groups, rows, columns],
        ...[pointer, channel, stride[0] * row, kh, kw, dilation[0] * row, dilation[1], phases, wide],
        ...[g.buffer.pointer + from * made * rows * columns * unit, at],
      )
      if (part !== null) combine[dtype](codes.combine.add, 1, count, to, 0, unit, at, 0, unit, to)
    })
    if (part !== null) heap.release(part)
  }

  return { conv2d, convTranspose2d, convWeight2d, ...poolingKernels(heap, module) }
}

/** Kernels that come with the ops of the family convolution. */
export const convolutionFamily: WasmFamily<ConvolutionKernels> = {
  name: 'tensor/convolution',
  version,
  text,
  splits: convolutionSplits,
  makeKernels,
}
