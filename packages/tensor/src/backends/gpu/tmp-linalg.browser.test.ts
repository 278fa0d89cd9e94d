import { describe, it } from 'vitest'
import { conformance } from '../conformance/conformance.ts'
import './index.ts'
import { tolerances } from './testing/tolerances.ts'

conformance(
  'gpu',
  {
    dtypes: ['float32', 'int32', 'uint32', 'bool'],
    tolerances,
    keepsSubnormals: false,
    share: 0.12,
    timeout: 3_600_000,
    only: ['cholesky', 'choleskySolve', 'solve', 'logDet', 'symmetricFunction'],
  },
  { describe, it },
)
