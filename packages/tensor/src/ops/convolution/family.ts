import { convolutionKernels as reference } from '../../backends/reference/kernels/convolution.ts'
import { convolutionFamily as wasm } from '../../backends/wasm/kernels/convolution.ts'
import { defineFamily } from '../../op.ts'
import * as convolutions from './convolution-rules.ts'
import type { ConvolutionFamily } from './params.ts'

/** Ops that slide windows over images, with their kernels: whoever imports one of them has those of all. */
const ops = /*#__PURE__*/ defineFamily<ConvolutionFamily>('convolution', { reference, wasm }, convolutions)
export default ops
