import { rowOf } from '../fail.ts'
import type { ModelFile } from '../file.ts'
import { type List, type PerPlace, product } from '../list.ts'
import { chain, type Layer } from './layer.ts'
import { type Plan, units } from './units.ts'

/** What a file says of a layer: each kind has some of these. Dense layers have numbers as inputs and outputs. */
export interface Description extends Plan {
  readonly kind?: string
  readonly outputs: List
  readonly shape: List
  readonly weight: List
  readonly bias?: boolean
  readonly size: PerPlace
  readonly factor: PerPlace
  readonly layers: readonly Description[]
  readonly skip: boolean
}

type Tensors = ModelFile['tensor']

/** The layer of a description, with the tensors whose names begin with its place. */
type Kind = (description: Description, tensor: Tensors, place: string) => Layer

/** A layer with a weight of this shape. */
const weighted = (
  plan: Plan & { readonly weight: List; readonly bias?: boolean },
  tensor: Tensors,
  place: string,
  isSpread?: boolean,
  shape = plan.weight,
): Layer =>
  units(plan, shape, tensor(`${place}.weight`, plan.weight), plan.bias && tensor(`${place}.bias`), isSpread)

/** Units that each look at all numbers. */
const flat = { inputs: [] }

/** The identity, and a bias. */
export const shifted = (bias: Float64Array): Layer =>
  units({ ...flat, groups: bias.length }, [bias.length, 1], null, bias)

/** Each channel for itself, its windows beside each other if nothing else is said. */
function apart(plan: Plan, size: PerPlace, isSpread?: boolean, isLargest?: boolean): Layer {
  const [groups] = plan.inputs
  return units({ stride: size, ...plan, groups }, [groups, 1, size].flat(), null, null, isSpread, isLargest)
}

/** Layers, and what goes past them. */
export function residual(
  { layers, skip }: Pick<Description, 'layers' | 'skip'>,
  tensor: Tensors,
  place: string,
): Layer {
  const inner = layersOf(layers, tensor, place)
  // Without a skip it gives what it takes.
  if (!skip) chain([inner, inner])
  const { inputs, outputs } = inner
  const past = skip && weighted({ ...flat, weight: [outputs, inputs] }, tensor, `${place}.skip`)
  return {
    inputs,
    outputs,
    run(x, isTangent) {
      const added = past ? past.run(x, isTangent) : x
      const out = inner.run(x, isTangent)
      for (let i = 0; i < outputs; i++) out[i] += added[i]
      return out
    },
  }
}

/** One row per kind. */
const kinds: Readonly<Record<string, Kind>> = {
  dense(description, tensor, place) {
    const weight = [description.outputs, description.inputs] as unknown as List
    return weighted({ ...description, ...flat, weight }, tensor, place)
  },
  conv: weighted,
  convTranspose: (description, tensor, place) => weighted(description, tensor, place, true),
  maxPool: (description) => apart(description, description.size, false, true),
  averagePool: (description) => apart(description, description.size),
  upsample: (description) => apart(description, description.factor, true),
  maxout(description, tensor, place) {
    const [count, pieces, inputs] = description.weight
    return chain([
      weighted({ ...description, ...flat }, tensor, place, false, [count * pieces, inputs]),
      apart({ inputs: [1, count, pieces] }, [1, pieces], false, true),
    ])
  },
  residual,
  shift: ({ shape }, tensor, place) => shifted(tensor(`${place}.value`, shape)),
  reshape: ({ outputs: shape }) => shifted(new Float64Array(product(shape))),
}

/** Layers one after another, at the places that follow from theirs. @throws Error for unknown kinds, or tensors that do not fit. */
export const layersOf = (layers: readonly Description[], tensor: Tensors, within: string): Layer =>
  chain(
    layers.map((layer, l) => {
      const place = `${within}.${l}`
      return rowOf(`${place}: kind`, kinds, layer.kind ?? 'dense')(layer, tensor, place)
    }),
  )
