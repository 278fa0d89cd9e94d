import { sizeOf } from '@facet/tensor'
import { aBoolean, aCount, type OptionsOf, optionTable, required, withDefault } from '@facet/tensor/checks'
import { namedActivation } from '../../activations.ts'
import { Dense } from '../../layers/dense.ts'
import { drawBias, drawWeight } from '../draw.ts'
import { anActivation, type LayerPlan } from '../plan.ts'

const denseOptions = optionTable('dense', {
  units: required(aCount()),
  /** Default `relu`. */
  activation: withDefault(anActivation, 'relu'),
  /** Whether it has one; default true. */
  bias: withDefault(aBoolean, true),
})

/** The settings of {@link dense}. */
export type DensePlanOptions = OptionsOf<typeof denseOptions>

/**
 * A fully connected layer of {@link sequential}; images are flattened.
 * @throws TypeError or RangeError naming an option that is unknown or has a value it cannot have.
 */
export function dense(options: DensePlanOptions): LayerPlan {
  const { units, activation, bias } = denseOptions.resolve(options)
  return {
    draw(shape, drawing) {
      const inputs = sizeOf(shape)
      const fan = { inputs, outputs: units }
      return new Dense({
        name: drawing.name,
        weight: drawWeight(drawing, [units, inputs], fan),
        bias: drawBias(drawing, bias, [units], fan),
        activation: namedActivation(activation),
      })
    },
  }
}
