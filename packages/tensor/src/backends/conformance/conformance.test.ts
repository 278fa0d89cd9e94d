import { describe, it } from 'vitest'
import { isWhole } from '../../../../../tests/trials.ts'
import { conformance } from './conformance.ts'

const dtypes = ['float32', 'float64', 'int32', 'uint32', 'bool'] as const

// Of each op a third of its cases: 51,000 on either backend take 38 s.
const share = isWhole ? 1 : 1 / 3

conformance('reference', { dtypes, share }, { describe, it })
conformance('wasm', { dtypes, share, init: { relaxedSimd: false } }, { describe, it })
