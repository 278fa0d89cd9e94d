import { rowOf } from '../fail.ts'
import type { ModelFile } from '../file.ts'
import { type List, type PerPlace, product } from '../list.ts'
import { chain, type Layer, sum } from './layer.ts'
import { type Plan, units, type Way } from './units.ts'

/** What a file says of a layer: each kind has some of these. Dense layers have numbers as inputs and outputs. */
export interface Description extends Plan {
  readonly kind?: string
  readonly outputs: List
  readonly shape: List
  readonly weight?: List
  readonly bias?: boolean
  readonly size: PerPlace
  readonly factor: PerPlace
  readonly layers: readonly Description[]
  readonly skip: boolean
}

/** A tensor of a layer by its place there. */
type Tensors = ModelFile['tensor']

/** A layer of a description, `within` those that it has within. */
type Kind = (
  description: Description,
  tensors: Tensors,
  within: (layers: readonly Description[]) => Layer,
) => Layer

/** A layer with a weight. */
const weighted = (
  plan: Plan & Partial<Description>,
  shape: List,
  tensors: Tensors,
  way: Way = 'sum',
): Layer => units(plan, shape, way, tensors('weight', plan.weight ?? shape), plan.bias && tensors('bias'))

/** Units that each look at all numbers. */
const flat = { inputs: [] }

/** The identity, and a bias. */
export const shifted = (size: number, bias?: Float64Array | false): Layer =>
  units({ ...flat, groups: size }, [size, 1], 'sum', undefined, bias)

/** Each channel for itself, its windows beside each other if nothing else is said. */
function apart(plan: Plan, size: PerPlace, way: Way): Layer {
  const [groups] = plan.inputs
  return units({ stride: size, ...plan, groups }, [groups, 1, size].flat(), way)
}

/** One row per kind. */
const kinds: Readonly<Record<string, Kind>> = {
  dense: (description, tensors) =>
    weighted(
      { ...description, ...flat },
      [description.outputs, description.inputs] as unknown as List,
      tensors,
    ),
  conv: (description, tensors) => weighted(description, description.weight!, tensors),
  convTranspose: (description, tensors) => weighted(description, description.weight!, tensors, 'spread'),
  maxPool: (description) => apart(description, description.size, 'largest'),
  averagePool: (description) => apart(description, description.size, 'sum'),
  upsample: (description) => apart(description, description.factor, 'spread'),
  maxout(description, tensors) {
    const [count, pieces, inputs] = description.weight!
    return chain([
      weighted({ ...description, ...flat }, [count * pieces, inputs], tensors),
      apart({ inputs: [1, count, pieces] }, [1, pieces], 'largest'),
    ])
  },
  residual({ layers, skip }, tensors, within) {
    const inner = within(layers)
    const { inputs, outputs } = inner
    return sum(
      inner,
      skip
        ? weighted(flat, [outputs, inputs], (name, shape) => tensors(`skip.${name}`, shape))
        : shifted(inputs),
    )
  },
  shift: ({ shape }, tensors) => shifted(product(shape), tensors('value', shape)),
  reshape: ({ inputs, outputs }) => chain([shifted(product(inputs)), shifted(product(outputs))]),
}

/** The layer of a description, with the tensors whose names begin with its place. @throws Error where they do not fit. */
export function layerOf(file: ModelFile, place: string, description: Description): Layer {
  return rowOf(`${place}: kind`, kinds, description.kind ?? 'dense')(
    description,
    (name, shape) => file.tensor(`${place}.${name}`, shape),
    (layers) => layersOf(file, place, layers),
  )
}

/** Layers one after another, at the places that follow from theirs. */
export const layersOf = (file: ModelFile, place: string, layers: readonly Description[]): Layer =>
  chain(layers.map((layer, l) => layerOf(file, `${place}.${l}`, layer)))
