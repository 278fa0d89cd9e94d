import type { Shape } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import type { Layer } from '../layers/layer.ts'
import type { Drawing, LayerPlan } from './plan.ts'

/** The layers of plans, each for what the one before gives; layer l is `<name>.<l>` and draws from a stream of its own. */
export function drawLayers(input: Shape, plans: readonly LayerPlan[], drawing: Drawing): Layer[] {
  let inputs = input
  return plans.map((plan, l) => {
    if (typeof Object(plan).draw !== 'function')
      throw new TypeError(
        `${drawing.name}: layers: expected plans such as dense({ units: 8 }), got ${describe(plan)}`,
      )
    const layer = plan.draw(inputs, { ...drawing, name: `${drawing.name}.${l}`, key: drawing.key.child(l) })
    inputs = layer.outputs
    return layer
  })
}
