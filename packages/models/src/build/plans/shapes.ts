import { type Shape, sizeOf } from '@facet/tensor'
import { aShape } from '../../layers/options.ts'
import { Reshape } from '../../layers/reshape.ts'
import type { LayerPlan } from '../plan.ts'

/** Reads a sample in another shape, in {@link sequential}: see `Reshape`. @throws TypeError for what is no shape. */
export function reshaped(outputs: Shape): LayerPlan {
  aShape.check('reshaped', 'outputs', outputs)
  return { draw: (inputs, { name }) => new Reshape({ name, inputs, outputs }) }
}

/** Reads an image as a flat sample, in {@link sequential}. */
export const flatten = (): LayerPlan => ({
  draw: (inputs, { name }) => new Reshape({ name, inputs, outputs: [sizeOf(inputs)] }),
})
