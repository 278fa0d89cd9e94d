import { Dense, Reshape, Residual } from '@facet/models'
import { anything, aText, aValue, optional, optionTable, required } from '@facet/tensor/checks'
import { activation } from '../activation.ts'
import type { Json } from '../json.ts'
import { type FileKind, lengthOf, type Place, tensorOf } from './file-layer.ts'

/** Shape and numbers are looked at when it is known what comes in. */
const someNumbers = aValue<Json>('numbers', Array.isArray)
const numbersOrNone = aValue<Json>('numbers or null', (value) => value === null || Array.isArray(value))

const kind = { kind: optional(aText) }
const affine = { ...kind, W: required(someNumbers), b: required(numbersOrNone) }
const activated = { ...affine, activation: required(aText), alpha: optional(anything<Json>()) }

const denseFields = optionTable('dense', activated)
const flattenFields = optionTable('flatten', kind)
const residualFields = optionTable('residual', {
  ...kind,
  layers: required(anything<Json>()),
  skip: required(aValue<{ readonly W: Json } | null>('{W: [out][in]} or null', isSkip)),
})

const dense: FileKind = {
  kind: 'dense',
  read(fields, at) {
    const { W, b, ...chosen } = denseFields.resolve(fields, at.name)
    const weight = tensorOf(at, 'W', W, ['out', lengthOf(at.inputs)])
    return new Dense({
      name: at.name,
      weight,
      bias: b === null ? null : tensorOf(at, 'b', b, [weight.shape[0]]),
      activation: activationOf(at, chosen),
    })
  },
}

const flatten: FileKind = {
  kind: 'flatten',
  read(fields, { name, inputs }) {
    flattenFields.resolve(fields, name)
    return new Reshape({ name, inputs, outputs: [lengthOf(inputs)] })
  },
}

const residual: FileKind = {
  kind: 'residual',
  read(fields, at, inner) {
    const { layers, skip } = residualFields.resolve(fields, at.name)
    const { name } = at
    return new Residual({
      name,
      layers: inner(layers, { ...at, name: `${name}.layers` }),
      skip: skip === null ? null : tensorOf(at, 'skip.W', skip.W, ['out', lengthOf(at.inputs)]),
    })
  },
}

/** What `layers_*` files may hold. */
export const fileKinds: readonly FileKind[] = [dense, flatten, residual]

function activationOf({ name }: Place, given: { readonly activation: string; readonly alpha?: Json }) {
  try {
    return activation(given.activation, given.alpha)
  } catch (error) {
    throw new Error(`${name}: ${(error as Error).message}`)
  }
}

function isSkip(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value === null
  return Object.keys(value).join() === 'W'
}
