import { expectOneOf } from '@facet/tensor/checks'
import { aroundCodes } from './around-codes.ts'
import { codeBox } from './code-box.ts'
import { interpolate } from './interpolate.ts'
import { normal } from './normal.ts'
import type { Sampler } from './sampler.ts'

/** Every sampler of docs/mathematics.md 5.5, with its defaults. */
const samplerTable = { normal, codeBox, aroundCodes, interpolate } as const

/** A sampler by its name. */
export type SamplerName = keyof typeof samplerTable

/** The sampler of a name; a sampler is passed through. */
export function namedSampler(operation: string, sampler: SamplerName | Sampler): Sampler {
  if (typeof sampler === 'object' && sampler !== null && typeof sampler.sample === 'function') return sampler
  expectOneOf(operation, 'sampler', sampler, Object.keys(samplerTable))
  return samplerTable[sampler as SamplerName]()
}
