import { add, mul, sub } from '@facet/tensor'
import { aNumber, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { boxOf, pairsAround } from './box.ts'
import type { Sampler } from './sampler.ts'

const codeBoxOptions = optionTable('codeBox', {
  /** How far the box reaches past the codes on each side, in spans; default 0.1. */
  margin: withDefault(aNumber(), 0.1),
  /** Largest |θ' − θ| of each coordinate, in spans; default 0.1. */
  noise: withDefault(aNumber(), 0.1),
})

/** The settings of {@link codeBox}. */
export type CodeBoxOptions = OptionsOf<typeof codeBoxOptions>

/**
 * θ uniform in the box of the batch's present codes, widened on each side by `margin` of its span;
 * θ' = θ + noise · span · U(−1, 1), the span that of the codes (docs/mathematics.md 5.5). Both are clamped at
 * 0 where the bottleneck is ReLU.
 *
 * Sampling where the codes are keeps them from escaping the sampled region (docs/mathematics.md 5.8).
 *
 * @throws TypeError for an unknown option, RangeError for a number below 0.
 * @example
 * import { codeBox, lieGroupFirstOrder } from '@facet/regularizers'
 * lieGroupFirstOrder({ sampler: codeBox({ margin: 0.05, noise: 0.15 }) })
 */
export function codeBox(options: CodeBoxOptions = {}): Sampler {
  const { margin, noise } = codeBoxOptions.resolve(options)
  return {
    name: 'codeBox',
    settings: { margin, noise },
    sample(context) {
      const { key, pairs, bottleneck, dtype } = context
      const { low, span } = boxOf(context.codes())
      const unit = key.child('theta').uniform([pairs, bottleneck], { dtype })
      const start = sub(low, mul(span, margin))
      const theta = add(start, mul(unit, mul(span, 1 + 2 * margin)))
      return pairsAround(context, theta, span, noise)
    },
  }
}
