import { AveragePool, Conv, Dense, Maxout, MaxPool, Reshape, Residual } from '@facet/models'
import { sizeOf } from '@facet/tensor'
import { anything, aText, aValue, optional, optionTable, required } from '@facet/tensor/checks'
import { activation } from './activation.ts'
import { type FileKind, type Place, tensorOf } from './file-layer.ts'
import type { Json } from './json.ts'

/** Shape and numbers are looked at when it is known what comes in. */
const someNumbers = aValue<Json>('numbers', Array.isArray)
const numbersOrNone = aValue<Json>('numbers or null', (value) => value === null || Array.isArray(value))

const kind = { kind: optional(aText) }
const affine = { ...kind, W: required(someNumbers), b: required(numbersOrNone) }
const activated = { ...affine, activation: required(aText), alpha: optional(anything<Json>()) }

const aPair = (least: number) =>
  aValue<readonly [number, number]>(
    `two whole numbers of at least ${least}, for rows and columns`,
    (value) => Array.isArray(value) && value.length === 2 && value.every((each) => isWhole(each, least)),
  )

const isWhole = (value: unknown, least: number): boolean =>
  Number.isInteger(value) && (value as number) >= least

const denseFields = optionTable('dense', activated)
const conv2dFields = optionTable('conv2d', {
  ...activated,
  stride: required(aPair(1)),
  padding: required(aPair(0)),
})
const poolFields = optionTable('pool', { ...kind, size: required(aPair(1)), stride: required(aPair(1)) })
const maxoutFields = optionTable('maxout', affine)
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
    const weight = tensorOf(at, 'W', W, ['out', sizeOf(at.inputs)])
    return new Dense({
      name: at.name,
      weight,
      bias: b === null ? null : tensorOf(at, 'b', b, [weight.shape[0]]),
      activation: activationOf(at, chosen),
    })
  },
}

const conv2d: FileKind = {
  kind: 'conv2d',
  read(fields, at) {
    const { W, b, stride, padding, ...chosen } = conv2dFields.resolve(fields, at.name)
    const { name, inputs } = at
    const weight = tensorOf(at, 'W', W)
    const bias = b === null ? null : tensorOf(at, 'b', b)
    return new Conv({ name, inputs, weight, bias, stride, padding, activation: activationOf(at, chosen) })
  },
}

const maxPool2d: FileKind = {
  kind: 'maxPool2d',
  read: (fields, { name, inputs }) => new MaxPool({ ...windowsOf(fields, name), name, inputs }),
}

const averagePool2d: FileKind = {
  kind: 'averagePool2d',
  read: (fields, { name, inputs }) => new AveragePool({ ...windowsOf(fields, name), name, inputs }),
}

const maxout: FileKind = {
  kind: 'maxout',
  read(fields, at) {
    const { W, b } = maxoutFields.resolve(fields, at.name)
    const weight = tensorOf(at, 'W', W, ['out', 'pieces', sizeOf(at.inputs)])
    const bias = b === null ? null : tensorOf(at, 'b', b, weight.shape.slice(0, 2))
    return new Maxout({ name: at.name, weight, bias })
  },
}

const flatten: FileKind = {
  kind: 'flatten',
  read(fields, { name, inputs }) {
    flattenFields.resolve(fields, name)
    return new Reshape({ name, inputs, outputs: [sizeOf(inputs)] })
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
      skip: skip === null ? null : tensorOf(at, 'skip.W', skip.W, ['out', sizeOf(at.inputs)]),
    })
  },
}

/** What a file of layers may hold. */
export const fileKinds: readonly FileKind[] = [
  dense,
  conv2d,
  maxPool2d,
  averagePool2d,
  maxout,
  flatten,
  residual,
]

function windowsOf(fields: Json, name: string) {
  const { size, stride } = poolFields.resolve(fields, name)
  return { size, stride }
}

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
