import { sizeOf } from '@facet/tensor'
import { aBoolean, aCount, type OptionsOf, optionTable, required, withDefault } from '@facet/tensor/checks'
import { Maxout } from '../../layers/maxout.ts'
import { drawBias, drawWeight } from '../draw.ts'
import type { LayerPlan } from '../plan.ts'

const maxoutOptions = optionTable('maxout', {
  units: required(aCount()),
  /** Affine pieces of each unit; default 2. */
  pieces: withDefault(aCount(2), 2),
  /** Whether they have one; default true. */
  bias: withDefault(aBoolean, true),
})

/** The settings of {@link maxout}. */
export type MaxoutPlanOptions = OptionsOf<typeof maxoutOptions>

/**
 * Units that are the largest of several affine pieces, in {@link sequential}: see `Maxout`.
 * @throws TypeError or RangeError naming an option that is unknown or has a value it cannot have.
 */
export function maxout(options: MaxoutPlanOptions): LayerPlan {
  const { units, pieces, bias } = maxoutOptions.resolve(options)
  return {
    draw(shape, drawing) {
      const inputs = sizeOf(shape)
      const fan = { inputs, outputs: units }
      return new Maxout({
        name: drawing.name,
        weight: drawWeight(drawing, [units, pieces, inputs], fan),
        bias: drawBias(drawing, bias, [units, pieces], fan),
      })
    },
  }
}
