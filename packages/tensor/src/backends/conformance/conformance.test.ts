import { describe, it } from 'vitest'
import { conformance } from './conformance.ts'

const dtypes = ['float32', 'float64', 'int32', 'uint32', 'bool'] as const

conformance('reference', { dtypes }, { describe, it })
conformance('wasm', { dtypes, init: { relaxedSimd: false } }, { describe, it })
