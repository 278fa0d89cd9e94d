import { add, mul } from '@facet/tensor'
import { aNumber, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import type { Sampler } from './sampler.ts'

const normalOptions = optionTable('normal', {
  /** Standard deviation of θ' − θ; default 0.1. */
  noise: withDefault(aNumber(), 0.1),
})

/** The settings of {@link normal}. */
export type NormalSamplerOptions = OptionsOf<typeof normalOptions>

/**
 * θ ~ N(0, I) and θ' = θ + noise · N(0, I): the paper's protocol, which looks at no data and does not clamp
 * (docs/mathematics.md 5.5).
 *
 * @throws TypeError for an unknown option, RangeError for a noise below 0.
 * @example
 * import { lieGroupFirstOrder, normal } from '@facet/regularizers'
 * lieGroupFirstOrder({ sampler: normal({ noise: 0.5 }) }) // sampler: 'normal' for the defaults
 */
export function normal(options: NormalSamplerOptions = {}): Sampler {
  const { noise } = normalOptions.resolve(options)
  return {
    name: 'normal',
    settings: { noise },
    sample({ key, pairs, bottleneck, dtype }) {
      const theta = key.child('theta').normal([pairs, bottleneck], dtype)
      const step = mul(key.child('thetaPrime').normal([pairs, bottleneck], dtype), noise)
      return { theta, thetaPrime: add(theta, step) }
    },
  }
}
