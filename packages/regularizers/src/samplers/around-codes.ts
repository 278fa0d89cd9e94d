import { add, gather, tensor } from '@facet/tensor'
import { aNumber, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { boxOf, pairsAround, spanNoise } from './box.ts'
import type { Sampler } from './sampler.ts'

const aroundCodesOptions = optionTable('aroundCodes', {
  /** Largest distance of θ from its code and of θ' from θ in each coordinate, in spans of the codes; default 0.1. */
  noise: withDefault(aNumber(), 0.1),
})

/** The settings of {@link aroundCodes}. */
export type AroundCodesOptions = OptionsOf<typeof aroundCodesOptions>

/**
 * θ = the present code of a random sample of the batch + noise · span · U(−1, 1), and θ' as much away from θ
 * (docs/mathematics.md 5.5). Both are clamped at 0 where the bottleneck is ReLU.
 *
 * @throws TypeError for an unknown option, RangeError for a noise below 0.
 * @example
 * import { aroundCodes, lieGroupFirstOrder } from '@facet/regularizers'
 * lieGroupFirstOrder({ sampler: aroundCodes({ noise: 0.2 }) })
 */
export function aroundCodes(options: AroundCodesOptions = {}): Sampler {
  const { noise } = aroundCodesOptions.resolve(options)
  return {
    name: 'aroundCodes',
    settings: { noise },
    sample(context) {
      const codes = context.codes()
      const { span } = boxOf(codes)
      const chosen = context.key.child('sample').integers(context.pairs, 0, codes.shape[0])
      const center = add(gather(codes, tensor(chosen)), spanNoise(context, 'theta', span, noise))
      return pairsAround(context, center, span, noise)
    },
  }
}
