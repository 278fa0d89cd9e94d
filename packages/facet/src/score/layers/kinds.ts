import { expectSame, rowOf } from '../fail.ts'
import type { ModelFile } from '../file.ts'
import { type List, type PerPlace, product } from '../list.ts'
import { chain, type Layer } from './layer.ts'
import { type Plan, units } from './units.ts'

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
  isSpread = false,
): Layer =>
  units(plan, shape, isSpread, false, tensors('weight', plan.weight ?? shape), plan.bias && tensors('bias'))

/** Units that each look at all numbers. */
const flat = { inputs: [] }

/** The identity, and a bias. */
export const shifted = (size: number, bias?: Float64Array | false): Layer =>
  units({ ...flat, groups: size }, [size, 1], false, false, undefined, bias)

/** Each channel for itself, its windows beside each other if nothing else is said. */
function apart(plan: Plan, size: PerPlace, isSpread = false, isLargest = false): Layer {
  const [groups] = plan.inputs
  return units({ stride: size, ...plan, groups }, [groups, 1, size].flat(), isSpread, isLargest)
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
  convTranspose: (description, tensors) => weighted(description, description.weight!, tensors, true),
  maxPool: (description) => apart(description, description.size, false, true),
  averagePool: (description) => apart(description, description.size),
  upsample: (description) => apart(description, description.factor, true),
  maxout(description, tensors) {
    const [count, pieces, inputs] = description.weight!
    return chain([
      weighted({ ...description, ...flat }, [count * pieces, inputs], tensors),
      apart({ inputs: [1, count, pieces] }, [1, pieces], false, true),
    ])
  },
  residual({ layers, skip }, tensors, within) {
    const inner = within(layers)
    const { inputs, outputs, run } = inner
    const past = skip
      ? weighted(flat, [outputs, inputs], (name, shape) => tensors(`skip.${name}`, shape))
      : shifted(inputs)
    expectSame('outputs', outputs, past.outputs)
    return {
      inputs,
      outputs,
      run(x, isTangent) {
        const added = past.run(x, isTangent)
        return run(x, isTangent).map((value, i) => value + added[i])
      },
    }
  },
  shift: ({ shape }, tensors) => shifted(product(shape), tensors('value', shape)),
  reshape: ({ outputs }) => shifted(product(outputs)),
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
