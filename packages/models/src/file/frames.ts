import { neg, type Tensor } from '@facet/tensor'
import type { LayerDescription } from '../layers/layer.ts'
import type { ResidualDescription } from '../layers/residual.ts'
import type { ShiftDescription } from '../layers/shift.ts'
import type { NamedTensors } from './layer-file.ts'

/** What the first release wrote beside the layers of a half: parts around them, which were no layers yet. */
export type Frame = readonly (typeof parts)[number][]

const parts = ['skip', 'centre', 'offset'] as const

/** Whether a file may say so. */
export const isFrame = (frame: unknown): boolean =>
  Array.isArray(frame) && frame.every((part) => parts.includes(part))

/** A half as it is written today. */
interface Half {
  readonly layers: readonly LayerDescription[]
  readonly tensors: NamedTensors
}

/**
 * A half of the first release as layers: the centre, subtracted, becomes a shift by its negative, a skip the residual layer around the dense ones, an
 * offset a shift. Tensors get the names that they have there.
 */
export function asLayers(
  half: string,
  layers: readonly LayerDescription[],
  frame: Frame,
  given: NamedTensors,
): Half {
  if (frame.length === 0) return { layers, tensors: given }
  const tensors: Record<string, Tensor> = { ...given }
  const all: LayerDescription[] = []
  const shift = (name: string, value: Tensor) => {
    tensors[`${half}.${all.length}.value`] = value
    const description: ShiftDescription = { kind: 'shift', name, shape: value.shape }
    all.push(description)
  }
  const named = layers.map((layer, l) => ({ ...layer, kind: 'dense', name: `${half}.${l}` }))
  if (frame.includes('centre')) shift(`${half}.centre`, neg(part(given, `${half}.centre`)))
  const at = `${half}.${all.length}`
  if (frame.includes('skip')) {
    tensors[`${at}.skip.weight`] = part(given, `${half}.skip.weight`)
    named.forEach((_, l) => move(given, tensors, `${half}.${l}`, `${at}.${l}`))
    const description: ResidualDescription = { kind: 'residual', name: half, layers: named, skip: true }
    all.push(description)
  } else {
    named.forEach((_, l) => move(given, tensors, `${half}.${l}`, `${half}.${all.length + l}`))
    all.push(...named)
  }
  if (frame.includes('offset')) shift(`${half}.offset`, part(given, `${half}.offset`))
  return { layers: all, tensors }
}

/** Weight and bias of a dense layer under another name. */
function move(given: NamedTensors, tensors: Record<string, Tensor>, from: string, to: string): void {
  for (const place of ['weight', 'bias']) {
    const value = given[`${from}.${place}`]
    if (value !== undefined) tensors[`${to}.${place}`] = value
  }
}

/** @throws Error if the file lacks it. */
function part(tensors: NamedTensors, name: string): Tensor {
  if (Object.hasOwn(tensors, name)) return tensors[name]
  throw new Error(`loadModel: expected '${name}', got none`)
}
