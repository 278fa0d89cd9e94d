import { expectSame, fail, rowOf } from './fail.ts'
import type { ModelFile } from './file.ts'
import { type Description, layerOf, layersOf, shifted } from './layers/kinds.ts'
import { chain, type Layer } from './layers/layer.ts'

type Half = 'encoder' | 'decoder'

/** What a file says of an autoencoder. The first release had parts around the layers of a half: skip, centre, offset. */
interface Architecture extends Readonly<Record<Half, readonly Description[]>> {
  readonly dtype: string
  readonly frames?: Readonly<Record<Half, readonly string[]>>
}

/** What depends on the dtype: how inputs are rounded, and how short a column of the error's linear part is by rounding. */
type Precision = readonly [round: (value: number) => number, shortest: number]

/** An encoder, and with the decoder behind it. */
export type Model = readonly [encoder: Layer, whole: Layer, ...Precision]

const dtypes: Readonly<Record<string, Precision>> = {
  float32: [Math.fround, 1e-5],
  float64: [Number, 1e-12],
}

/** @throws Error for a file that holds no autoencoder of Facet's. */
export function modelOf(file: ModelFile): Model {
  const entry = 'facet.autoencoder'
  const { dtype, frames, ...halves } = file.json<Architecture>(entry) ?? fail('metadata', entry, null)
  const half = (place: Half): Layer => {
    const layers = halves[place]
    const has = (part: string) => frames?.[place].includes(part)
    const shift = (part: string, size: number, sign: number) =>
      shifted(size, has(part) && file.tensor(`${place}.${part}`, [size]).map((value) => value * sign))
    const inner = has('skip')
      ? layerOf(file, place, { kind: 'residual', layers, skip: true } as Description)
      : layersOf(file, place, layers)
    return frames
      ? chain([shift('centre', inner.inputs, -1), inner, shift('offset', inner.outputs, 1)])
      : inner
  }
  const encoder = half('encoder')
  const whole = chain([encoder, half('decoder')])
  expectSame('outputs', whole.inputs, whole.outputs)
  return [encoder, whole, ...rowOf('dtype', dtypes, dtype)]
}
