import { layer } from './float64.ts'
import { randomArray } from './random-array.ts'
import type { AffineWork, Arrays } from './work.ts'

export function affineInputs({ batch, inputs, outputs }: AffineWork): Arrays {
  return {
    x: randomArray('affine x', [batch, inputs]),
    weight: randomArray('affine weight', [outputs, inputs], 1 / Math.sqrt(inputs)),
    bias: randomArray('affine bias', [outputs]),
  }
}

/** The layer's output. */
export function affineExpected(work: AffineWork): Float64Array {
  const { x, weight, bias } = affineInputs(work)
  return layer(x.values, weight.values, bias.values, work.batch, work.inputs).map((p) => Math.max(p, 0))
}
