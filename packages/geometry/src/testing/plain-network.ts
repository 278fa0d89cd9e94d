import {
  AveragePool,
  Conv,
  ConvTranspose,
  Dense,
  type Layer,
  Maxout,
  MaxPool,
  Network,
  Residual,
  Shift,
  Upsample,
} from '@facet/models'
import { type Activation, type NestedValues, tensor } from '@facet/tensor'
import type { Matrix, PlainLayer } from './plain-layers.ts'
import { type PlainStep, plainSteps } from './plain-steps.ts'

export type { PlainDense, PlainLayer } from './plain-layers.ts'

type DType = 'float32' | 'float64'

/** The layers of an engine network as plain numbers: dense, shift and residual ones. */
export function plainLayers({ layers }: { readonly layers: readonly Layer[] }): PlainLayer[] {
  return layers.map((layer): PlainLayer => {
    if (layer instanceof Dense) {
      const weight = layer.weight.value.toArray() as number[][]
      const bias = layer.bias === null ? null : (layer.bias.value.toArray() as number[])
      return { weight, bias, activation: layer.activation }
    }
    if (layer instanceof Shift) return { kind: 'shift', by: layer.shift().toArray() as number[] }
    if (layer instanceof Residual) {
      const skip = layer.skip === null ? null : (layer.skip.value.toArray() as number[][])
      return { kind: 'residual', layers: plainLayers(layer.inner), skip }
    }
    throw new Error(`plainLayers: a layer of kind '${layer.kind}' is not read`)
  })
}

/** Plain numbers as an engine network. */
export const networkOf = (layers: readonly PlainLayer[], dtype: DType = 'float64'): Network =>
  new Network(engineLayers(layers, dtype))

function engineLayers(layers: readonly PlainLayer[], dtype: DType): Layer[] {
  const given = (values: unknown) => tensor(structuredClone(values) as NestedValues, { dtype })
  const orNone = (values: unknown) => (values === null ? null : given(values))
  return layers.map((layer, l): Layer => {
    const name = `plain.${l}`
    switch (layer.kind) {
      case undefined:
      case 'dense': {
        const { activation } = layer
        return new Dense({ name, weight: given(layer.weight), bias: orNone(layer.bias), activation })
      }
      case 'conv':
      case 'convTranspose': {
        const { kind, weight, bias, ...rest } = layer
        const Kind = kind === 'conv' ? Conv : ConvTranspose
        return new Kind({ ...rest, name, weight: given(weight), bias: orNone(bias) })
      }
      case 'maxPool':
      case 'averagePool': {
        const { kind, ...rest } = layer
        return new (kind === 'maxPool' ? MaxPool : AveragePool)({ ...rest, name })
      }
      case 'upsample':
        return new Upsample({ name, inputs: layer.inputs, factor: layer.factor })
      case 'maxout':
        return new Maxout({ name, weight: given(layer.weight), bias: orNone(layer.bias) })
      case 'shift':
        return new Shift({ name, by: given(layer.by) })
      case 'residual':
        return new Residual({ name, layers: engineLayers(layer.layers, dtype), skip: orNone(layer.skip) })
    }
  })
}

export function activate({ name, alpha }: Activation, x: number): number {
  if (name === 'identity' || x > 0) return x
  if (name === 'relu') return 0
  return name === 'abs' ? -x : alpha * x
}

export const applied = (matrix: Matrix | null, x: readonly number[]): number[] =>
  matrix === null
    ? [...x]
    : matrix.map((row) => {
        let sum = 0
        for (let i = 0; i < row.length; i++) sum += row[i] * x[i]
        return sum
      })

export const plus = (a: readonly number[], b: readonly number[] | null): number[] =>
  a.map((x, i) => x + (b?.[i] ?? 0))

/** The place of the largest of a window in it, the first on ties. −1 is padding. */
export function winnerOf(window: readonly number[], x: readonly number[]): number {
  let best = -1
  window.forEach((place, k) => {
    if (place >= 0 && (best < 0 || x[place] > x[window[best]])) best = k
  })
  return best
}

/** The value behind some steps, and the states of all units that have more than one. */
function through(steps: readonly PlainStep[], x: readonly number[], states: number[]): number[] {
  let value = [...x]
  for (const step of steps) {
    switch (step.step) {
      case 'affine':
        value = plus(applied(step.weight, value), step.bias)
        break
      case 'sign':
        states.push(...value.map((p) => Number(p > 0)))
        value = value.map((p) => activate(step.activation, p))
        break
      case 'largest': {
        const input = value
        const winners = step.windows.map((window) => winnerOf(window, input))
        states.push(...winners)
        value = winners.map((k, u) => input[step.windows[u][k]])
        break
      }
      case 'sum':
        value = plus(through(step.inner, value, states), applied(step.skip, value))
    }
  }
  return value
}

/** The states of all units that have more than one, layer after layer, as a string of digits. */
export function plainCode(layers: readonly PlainLayer[], x: readonly number[]): string {
  return codeOfSteps(plainSteps(layers), x)
}

export function codeOfSteps(steps: readonly PlainStep[], x: readonly number[]): string {
  const states: number[] = []
  through(steps, x, states)
  return states.join('')
}

/** θ + t v. */
export function pointOnRay(theta: readonly number[], direction: readonly number[], t: number): number[] {
  return theta.map((x, i) => x + t * direction[i])
}

/** ∂ output / ∂ input at x, [out][in]: column by column, what a change of one input does with the states of x held. */
export function plainJacobian(layers: readonly PlainLayer[], x: readonly number[]): number[][] {
  const columns = x.map((_, i) =>
    changed(
      plainSteps(layers),
      x,
      x.map((_, j) => Number(i === j)),
    ),
  )
  return columns[0].map((_, u) => columns.map((column) => column[u]))
}

function changed(steps: readonly PlainStep[], x: readonly number[], v: readonly number[]): number[] {
  let [value, change] = [[...x], [...v]]
  for (const step of steps) {
    const [input, inputChange] = [value, change]
    value = through([step], input, [])
    switch (step.step) {
      case 'affine':
        change = applied(step.weight, inputChange)
        break
      case 'sign':
        change = inputChange.map((c, u) => c * (input[u] > 0 ? 1 : -activate(step.activation, -1)))
        break
      case 'largest':
        change = step.windows.map((window) => inputChange[window[winnerOf(window, input)]])
        break
      case 'sum':
        change = plus(changed(step.inner, input, inputChange), applied(step.skip, inputChange))
    }
  }
  return change
}
