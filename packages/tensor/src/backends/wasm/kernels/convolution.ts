import type { Kernel } from '../../../backend.ts'
import type { KernelOperand } from '../../../kernel-operand.ts'
import type { ConvolutionParams, Pair } from '../../../ops/convolution/params.ts'
import type { Family } from '../../../ops/convolution/pooling-params.ts'
import type { Block } from '../block.ts'
import { textCode, kernels as texts } from '../convolution.generated.ts'
import type { WasmFamily } from '../family.ts'
import type { Heap } from '../heap.ts'
import { byDType, type Module } from '../module.ts'
import { floats } from './dtypes.ts'
import { poolingKernels } from './pooling.ts'

type Operand = KernelOperand<Block>
type ConvolutionKernels = { readonly [N in keyof Family]: Kernel<Block, Family[N]> }

function makeKernels(heap: Heap, module: Module): ConvolutionKernels {
  const convolve = byDType(module, 'conv2d', floats)
  const transpose = byDType(module, 'convTranspose2d', floats)
  const weigh = byDType(module, 'convWeight2d', floats)

  const call = (
    functions: typeof convolve,
    images: Operand,
    windows: Operand,
    weight: Operand,
    kernel: Pair,
    { stride, padding, dilation, groups }: ConvolutionParams,
  ): void => {
    const [, made, rows, columns] = windows.shape
    const numbers = [
      ...images.shape,
      made,
      rows,
      columns,
      ...kernel,
      ...stride,
      ...padding,
      ...dilation,
      groups,
    ]
    const at = [images, windows, weight].map(({ buffer }) => buffer.pointer)
    functions[images.dtype as 'float32'](...numbers, ...at)
  }
  const kernelOf = ({ shape }: Operand): Pair => [shape[2], shape[3]]
  return {
    ...poolingKernels(heap, module),
    conv2d: ([x, weight], [y], params) => call(convolve, x, y, weight, kernelOf(weight), params),
    convTranspose2d: ([x, weight], [y], params) => call(transpose, y, x, weight, kernelOf(weight), params),
    convWeight2d: ([x, g], [y], params) => call(weigh, x, g, y, params.kernel, params),
  }
}

/** Kernels that come with the ops of the family convolution. */
export const convolutionFamily: WasmFamily<ConvolutionKernels> = { textCode, texts, makeKernels }
