import { convolutionKernels } from '../../backends/reference/kernels/convolution.ts'
import { poolingKernels } from '../../backends/reference/kernels/pooling.ts'
import { convolutionFamily as wasm } from '../../backends/wasm/kernels/convolution.ts'
import { defineFamily } from '../../op.ts'
import * as convolutions from './convolution-rules.ts'
import type { Family } from './pooling-params.ts'
import * as poolings from './pooling-rules.ts'

const reference = { ...convolutionKernels, ...poolingKernels }

/** Ops that slide windows over images, with their kernels: whoever imports one of them has those of all. */
const ops = /*#__PURE__*/ defineFamily<Family>(
  'convolution',
  { reference, wasm },
  { ...convolutions, ...poolings },
)
export default ops
