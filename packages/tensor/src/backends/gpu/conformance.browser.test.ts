import { describe, inject, it } from 'vitest'
import { conformance } from '../conformance/conformance.ts'
import { gpu } from './index.ts'
import { tolerances } from './testing/tolerances.ts'

const { device } = await gpu.backend()

/** Every case is a kernel of its own, which takes llvmpipe 36 ms to make and SwiftShader 14 ms. */
const quick = device.renderer.includes('llvmpipe') ? 0.02 : 0.03
const share = inject('conformanceShare') ?? quick

conformance(
  'gpu',
  {
    dtypes: ['float32', 'int32', 'uint32', 'bool'],
    tolerances,
    keepsSubnormals: false,
    share,
    // Matrix products of all shapes are some thousands of kernels.
    timeout: share === quick ? undefined : 3_600_000,
  },
  { describe, it },
)
