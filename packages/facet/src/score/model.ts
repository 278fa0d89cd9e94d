import { fail, rowOf } from './fail.ts'
import type { ModelFile } from './file.ts'
import { type Description, layersOf, residual, shifted } from './layers/kinds.ts'
import { chain, type Layer } from './layers/layer.ts'

type Half = 'encoder' | 'decoder'

/** What a file says of an autoencoder. The first release had parts around the layers of a half: skip, centre, offset. */
interface Architecture extends Readonly<Record<Half, readonly Description[]>> {
  readonly dtype: string
  readonly frames?: Readonly<Record<Half, readonly string[]>>
}

/**
 * An encoder, and with the decoder behind it; how inputs are rounded to the dtype, and how short a
 * column of the error's linear part is by rounding.
 */
export type Model = readonly [
  encoder: Layer,
  whole: Layer,
  round: (value: number) => number,
  shortest: number,
]

const dtypes: Readonly<Record<string, readonly [(value: number) => number, number]>> = {
  float32: [Math.fround, 1e-5],
  float64: [Number, 1e-12],
}

/** @throws Error for a file that holds no autoencoder of Facet's. */
export function modelOf({ json, tensor }: ModelFile): Model {
  const entry = 'facet.autoencoder'
  const { dtype, frames, ...halves } = json<Architecture>(entry) ?? fail('metadata', entry, null)
  const half = (place: Half): Layer => {
    const layers = halves[place]
    const frame = frames?.[place] ?? []
    const shift = (part: string, sign: number) =>
      frame.includes(part) ? [shifted(tensor(`${place}.${part}`).map((value) => value * sign))] : []
    return chain([
      ...shift('centre', -1),
      frame.includes('skip')
        ? residual({ layers, skip: true }, tensor, place)
        : layersOf(layers, tensor, place),
      ...shift('offset', 1),
    ])
  }
  const encoder = half('encoder')
  const whole = chain([encoder, half('decoder')])
  // It gives what it takes.
  chain([whole, whole])
  return [encoder, whole, ...rowOf('dtype', dtypes, dtype)]
}
