import type { Kernel } from '../../../backend.ts'
import type { KernelOperand } from '../../../kernel-operand.ts'
import type { PlacingParams, PoolingFamily, PoolingParams } from '../../../ops/convolution/pooling-params.ts'
import { sizeOf } from '../../../shape.ts'
import type { Block } from '../block.ts'
import type { Heap } from '../heap.ts'
import { byDType, type Module } from '../module.ts'
import { floats } from './dtypes.ts'

type Operand = KernelOperand<Block>

/** Kernels that pool, of the module of the family convolution. */
export function poolingKernels(
  heap: Heap,
  module: Module,
): { readonly [N in keyof PoolingFamily]: Kernel<Block, PoolingFamily[N]> } {
  const pools = byDType(module, 'maxPool', floats)
  const picks = byDType(module, 'pickWinners', floats)
  const places = byDType(module, 'placeWinners', floats)
  const sums = byDType(module, 'sumWindows', floats)
  const spreads = byDType(module, 'spreadWindows', floats)

  /** Rows and columns of images and windows, and how these slide. */
  const geometry = (
    images: Operand,
    windows: Operand,
    { kernel, stride, padding }: PoolingParams,
  ): number[] => [...images.shape.slice(-2), ...windows.shape.slice(-2), ...kernel, ...stride, ...padding]

  /** Calls with memory for the states of a sample, of windows [..., C, OH, OW]. */
  const withStates = (windows: Operand, call: (units: number, states: number) => void): void => {
    const units = sizeOf(windows.shape.slice(-3))
    const states = heap.allocate('int32', units)
    call(units, states.pointer)
    heap.release(states)
  }

  /** Calls with a code, what it chooses from and what becomes of it. */
  const choose = (
    functions: typeof picks,
    images: Operand,
    windows: Operand,
    [code, from]: readonly Operand[],
    to: Operand,
    params: PoolingParams | PlacingParams,
  ): void => {
    if (to.size === 0) return
    withStates(windows, (units, states) => {
      const samples = sizeOf(code.shape.slice(0, -1))
      const repeats = windows.size / (samples * units)
      const channels = windows.shape[windows.shape.length - 3]
      functions[to.dtype as 'float32'](
        ...[samples, repeats, channels, ...geometry(images, windows, params)],
        ...[code.buffer.pointer, from.buffer.pointer, to.buffer.pointer, states],
      )
    })
  }

  return {
    maxPool2d([x], [y, code], params) {
      if (x.size === 0) return
      withStates(y, (units, states) => {
        const channels = x.shape[x.shape.length - 3]
        pools[x.dtype as 'float32'](
          ...[y.size / units, channels, ...geometry(x, y, params)],
          ...[x.buffer.pointer, y.buffer.pointer, code.buffer.pointer, states],
        )
      })
    },
    pickWinners: ([code, v], [y], params) => choose(picks, v, y, [code, v], y, params),
    placeWinners: ([code, g], [y], params) => choose(places, y, g, [code, g], y, params),
    sumWindows([x], [y], params) {
      const images = sizeOf(x.shape.slice(0, -2))
      sums[x.dtype as 'float32'](images, ...geometry(x, y, params), x.buffer.pointer, y.buffer.pointer)
    },
    spreadWindows([g], [y], params) {
      const images = sizeOf(g.shape.slice(0, -2))
      spreads[g.dtype as 'float32'](images, ...geometry(y, g, params), g.buffer.pointer, y.buffer.pointer)
    },
  }
}
