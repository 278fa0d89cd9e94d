import { add, gather, mul, sub, tensor } from '@facet/tensor'
import { aNumber, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { boxOf, pairsAround } from './box.ts'
import type { Sampler } from './sampler.ts'

const interpolateOptions = optionTable('interpolate', {
  /** Largest |θ' − θ| of each coordinate, in spans of the codes; default 0.1. */
  noise: withDefault(aNumber(), 0.1),
})

/** The settings of {@link interpolate}. */
export type InterpolateOptions = OptionsOf<typeof interpolateOptions>

/**
 * θ uniform on the segment between the present codes of two different random samples of the batch;
 * θ' = θ + noise · span · U(−1, 1) (mathematics.md 5.5). Both are clamped at 0 where the bottleneck is ReLU.
 *
 * @throws TypeError for an unknown option, RangeError for a noise below 0.
 * @example
 * import { interpolate, lieGroupFirstOrder } from '@facet/regularizers'
 * lieGroupFirstOrder({ sampler: interpolate({ noise: 0.2 }) })
 */
export function interpolate(options: InterpolateOptions = {}): Sampler {
  const { noise } = interpolateOptions.resolve(options)
  return {
    name: 'interpolate',
    settings: { noise },
    sample(context) {
      const { key, pairs, dtype } = context
      const codes = context.codes()
      const count = codes.shape[0]
      const first = key.child('first').integers(pairs, 0, count)
      // Skipping 1 … count − 1 places never comes back to the same sample; a batch of one has no other.
      const skip = key.child('second').integers(pairs, Math.min(1, count - 1), Math.max(1, count))
      const second = first.map((index, i) => (index + skip[i]) % count)
      const from = gather(codes, tensor(first))
      const share = key.child('theta').uniform([pairs, 1], { dtype })
      const center = add(from, mul(share, sub(gather(codes, tensor(second)), from)))
      return pairsAround(context, center, boxOf(codes).span, noise)
    },
  }
}
