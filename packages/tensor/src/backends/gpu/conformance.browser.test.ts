import { describe, inject, it } from 'vitest'
import { isWhole } from '../../../../../tests/trials.ts'
import { conformance } from '../conformance/conformance.ts'
import './index.ts'
import { tolerances } from './testing/tolerances.ts'

/** Every case is two kernels of its own: 380 are tried. All 51,000 take half an hour (SwiftShader) to an hour (llvmpipe) of CPU. */
const quick = 0.0075
const share = inject('share') ?? quick
// All dtypes are numbers of float textures: a rasteriser that takes three times as long is asked for one.
const isSlow = inject('rasteriser') === 'swiftshader' && !isWhole

conformance(
  'gpu',
  {
    dtypes: isSlow ? ['float32'] : ['float32', 'int32', 'uint32', 'bool'],
    tolerances,
    keepsSubnormals: false,
    share,
    // Matrix products of all shapes are some thousands of kernels.
    timeout: share === quick ? undefined : 3_600_000,
  },
  { describe, it },
)
