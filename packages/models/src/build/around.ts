import { formatShape, neg, sizeOf, Tensor } from '@facet/tensor'
import { anything, describe, type OptionsOf, optional } from '@facet/tensor/checks'
import type { Layer } from '../layers/layer.ts'
import { Residual } from '../layers/residual.ts'
import { Shift } from '../layers/shift.ts'

/** Options of what may stand around layers. */
export const aroundRows = {
  /** P [out, in], which goes past the layers: they become the inside of a residual layer. It is trained: the parameter `<name>.skip.weight`. */
  skip: optional(anything<Tensor>()),
  /** [in], subtracted from the input by a shift layer. It is not trained. */
  centre: optional(anything<Tensor>()),
  /** [out], added to the output by a shift layer. It is not trained. */
  offset: optional(anything<Tensor>()),
}

/** What may stand around layers; each left out where `undefined`. */
export type AroundOptions = OptionsOf<typeof aroundRows>

/**
 * `layers(x − centre) + P (x − centre) + offset` as layers.
 * @throws Error for a part of another shape or dtype than the layers ask for.
 */
export function around(
  name: string,
  layers: readonly Layer[],
  { skip, centre, offset }: AroundOptions,
): Layer[] {
  const [first, last] = [layers[0], layers[layers.length - 1]]
  const [inputs, outputs] = [sizeOf(first.inputs), sizeOf(last.outputs)]
  const expectPart = (part: string, value: Tensor, shape: readonly number[]) => {
    const { dtype } = first
    if (value instanceof Tensor && value.dtype === dtype && value.shape.join() === shape.join()) return
    const got = value instanceof Tensor ? `${value.dtype} ${formatShape(value.shape)}` : describe(value)
    throw new Error(`network '${name}': ${part}: expected ${dtype} ${formatShape(shape)}, got ${got}`)
  }
  if (skip !== undefined) expectPart('skip', skip, [outputs, inputs])
  if (centre !== undefined) expectPart('centre', centre, [inputs])
  if (offset !== undefined) expectPart('offset', offset, [outputs])
  return [
    ...(centre === undefined ? [] : [new Shift({ name: `${name}.centre`, by: neg(centre) })]),
    ...(skip === undefined ? layers : [new Residual({ name, layers, skip })]),
    ...(offset === undefined ? [] : [new Shift({ name: `${name}.offset`, by: offset })]),
  ]
}
