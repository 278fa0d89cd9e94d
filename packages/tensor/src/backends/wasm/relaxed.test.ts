import { setFlagsFromString } from 'node:v8'
import { describe, expect, it } from 'vitest'
import { conformance } from '../conformance/conformance.ts'
import { hasRelaxedSimd } from './module.ts'

// Node has it from 22 on; 20 behind this flag.
if (!hasRelaxedSimd()) setFlagsFromString('--experimental-wasm-relaxed-simd')

it('finds fused multiply-add where the engine has it', () => expect(hasRelaxedSimd()).toBe(true))

describe('with fused multiply-add', () => {
  const only = ['matmul', 'affine', 'the update sgd', 'the update adam']
  conformance('wasm', { dtypes: ['float32', 'float64'], only }, { describe, it })
})
