import { sizeOf } from '@facet/tensor'
import { anything, type OptionsOf, oneOf, optionTable, required, withDefault } from '@facet/tensor/checks'
import { Residual } from '../../layers/residual.ts'
import { drawWeight } from '../draw.ts'
import { drawLayers } from '../draw-layers.ts'
import type { LayerPlan } from '../plan.ts'

const residualOptions = optionTable('residual', {
  /** The inner layers. */
  layers: required(anything<readonly LayerPlan[]>()),
  /** What goes past them: the input itself, or a matrix of it, which is trained. Default `identity`. */
  skip: withDefault(oneOf(['identity', 'linear']), 'identity'),
})

/** The settings of {@link residual}. */
export type ResidualPlanOptions = OptionsOf<typeof residualOptions>

/**
 * Layers with a way past them, in {@link sequential}: see `Residual`.
 * @throws TypeError or RangeError naming an option that is unknown or has a value it cannot have.
 */
export function residual(options: ResidualPlanOptions): LayerPlan {
  const { layers, skip } = residualOptions.resolve(options)
  return {
    draw(inputs, drawing) {
      const inner = drawLayers(inputs, layers, drawing)
      const [from, to] = [sizeOf(inputs), sizeOf(inner[inner.length - 1]?.outputs ?? inputs)]
      const past = { ...drawing, key: drawing.key.child('skip') }
      const weight = skip === 'identity' ? null : drawWeight(past, [to, from], { inputs: from, outputs: to })
      return new Residual({ name: drawing.name, layers: inner, skip: weight })
    },
  }
}
