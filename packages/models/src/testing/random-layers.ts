import {
  type Activation,
  absActivation,
  identityActivation,
  type Key,
  key,
  leakyReluActivation,
  reluActivation,
  type Shape,
  sizeOf,
} from '@facet/tensor'
import fc from 'fast-check'
import { drawLayers } from '../build/draw-layers.ts'
import type { Drawing, LayerPlan } from '../build/plan.ts'
import { conv, convTranspose } from '../build/plans/conv.ts'
import { dense } from '../build/plans/dense.ts'
import { maxout } from '../build/plans/maxout.ts'
import { residual } from '../build/plans/residual.ts'
import { flatten, reshaped } from '../build/plans/shapes.ts'
import { averagePool, maxPool, upsample } from '../build/plans/windows.ts'
import type { Layer } from '../layers/layer.ts'
import { Shift } from '../layers/shift.ts'
import { Network } from '../network.ts'

/** Choices of a random layer, in the order in which they are made. */
export class Choices {
  readonly #key: Key
  #made = 0

  constructor(key: Key) {
    this.#key = key
  }

  /** A whole number from `least` to `most`. */
  count(least: number, most: number): number {
    const [u] = this.#key.child(this.#made++).uniformArray(1)
    return least + Math.floor(u * (most - least + 1))
  }

  of<T>(list: readonly T[]): T {
    return list[this.count(0, list.length - 1)]
  }
}

const activations: readonly Activation[] = [
  reluActivation,
  reluActivation,
  identityActivation,
  absActivation,
  leakyReluActivation(0.2),
  leakyReluActivation(-0.5),
]

/** How long a sample may become: local maps [N, out, in] of it are looked at. */
const MOST = 96

const isImage = ({ length }: Shape): boolean => length > 1

/** For rows and columns, or for the length of a series. */
const axesOf = (shape: Shape, f: (length: number) => number): number[] => shape.slice(1).map(f)

/** A random kind: what of its settings is drawn at random. It is left out where it cannot read the shape. */
export interface RandomKind {
  readonly kind: string
  plan(inputs: Shape, choices: Choices): LayerPlan | null
}

/** The settings of a convolution that fits, and of its transpose. */
function kernelSettings(inputs: Shape, choices: Choices) {
  const kernel = axesOf(inputs, () => choices.count(1, 3))
  const dilation = axesOf(inputs, () => choices.count(1, 2))
  const padding = axesOf(inputs, () => choices.count(0, 2))
  const stride = axesOf(inputs, () => choices.count(1, 4))
  const groups = choices.of([1, 2, 3].filter((groups) => inputs[0] % groups === 0))
  const channels = groups * choices.count(1, 2)
  const common = { channels, kernel, dilation, padding, stride, groups }
  return { ...common, activation: choices.of(activations), bias: choices.count(0, 3) > 0 }
}

function windowSettings(inputs: Shape, choices: Choices) {
  const size = axesOf(inputs, (length) => choices.count(1, Math.min(3, length)))
  return {
    size,
    stride: size.map(() => choices.count(1, 3)),
    padding: size.map((rows) => choices.count(0, Math.floor(rows / 2))),
  }
}

/** Every kind of the table of kinds, with random settings. */
export const randomKinds: readonly RandomKind[] = [
  {
    kind: 'dense',
    plan: (_, choices) =>
      dense({
        units: choices.of([1, 2, 3, 5, 8, 40]),
        activation: choices.of(activations),
        bias: choices.count(0, 3) > 0,
      }),
  },
  {
    kind: 'conv',
    plan(inputs, choices) {
      if (!isImage(inputs)) return null
      const settings = kernelSettings(inputs, choices)
      const fits = settings.kernel.every(
        (rows, axis) => settings.dilation[axis] * (rows - 1) < inputs[axis + 1] + 2 * settings.padding[axis],
      )
      return fits ? conv(settings) : null
    },
  },
  {
    kind: 'convTranspose',
    plan(inputs, choices) {
      if (!isImage(inputs)) return null
      const settings = kernelSettings(inputs, choices)
      const outputPadding = settings.stride.map((step) => choices.count(0, step - 1))
      const size = settings.kernel.map(
        (rows, axis) =>
          (inputs[axis + 1] - 1) * settings.stride[axis] +
          settings.dilation[axis] * (rows - 1) +
          1 -
          2 * settings.padding[axis] +
          outputPadding[axis],
      )
      if (Math.min(...size) < 1 || settings.channels * sizeOf(size) > MOST) return null
      return convTranspose({ ...settings, outputPadding })
    },
  },
  {
    kind: 'maxPool',
    plan: (inputs, choices) => (isImage(inputs) ? maxPool(windowSettings(inputs, choices)) : null),
  },
  {
    kind: 'averagePool',
    plan: (inputs, choices) => (isImage(inputs) ? averagePool(windowSettings(inputs, choices)) : null),
  },
  {
    kind: 'upsample',
    plan(inputs, choices) {
      if (!isImage(inputs)) return null
      const factor = axesOf(inputs, () => choices.count(1, 3))
      return sizeOf(inputs) * sizeOf(factor) > MOST ? null : upsample({ factor })
    },
  },
  {
    kind: 'maxout',
    plan: (_, choices) =>
      maxout({ units: choices.count(1, 5), pieces: choices.count(2, 5), bias: choices.count(0, 3) > 0 }),
  },
  {
    kind: 'residual',
    plan(inputs, choices) {
      const back = dense({ units: sizeOf(inputs), activation: choices.of(activations) })
      const isLinear = choices.count(0, 1) === 1
      const inner = randomPlans(inputs, choices.count(1, 2), choices)
      if (isLinear) return residual({ layers: inner, skip: 'linear' })
      return residual({ layers: choices.count(0, 1) === 1 ? [back] : [...inner, back] })
    },
  },
  {
    kind: 'shift',
    plan: () => ({
      draw: (inputs, { name, key, dtype }) => new Shift({ name, by: key.normal(inputs, dtype) }),
    }),
  },
  {
    kind: 'reshape',
    plan(inputs, choices) {
      const length = sizeOf(inputs)
      if (isImage(inputs)) return flatten()
      const rows = [1, 2, 3, 4].filter((rows) => length % rows === 0)
      const [first, second] = [choices.of(rows), choices.of(rows)]
      if (length % (first * second) !== 0) return reshaped([first, length / first])
      return reshaped([first, second, length / (first * second)])
    },
  },
]

/** Weights N(0, 2 / inputs) and biases N(0, 1), so that nothing dies out and every layer has walls near the origin. */
export const drawingOf = (seed: number, name: string): Drawing => ({
  name,
  key: key(seed),
  dtype: 'float64',
  initialisation: {
    weight: (key, inputs, outputs, count = inputs * outputs) =>
      key.normalArray(count).map((z) => z * Math.sqrt(2 / inputs)),
    bias: (key, _, outputs) => key.normalArray(outputs),
  },
})

/** Plans for so many layers of any kind that can read what comes before. */
export function randomPlans(inputs: Shape, count: number, choices: Choices): LayerPlan[] {
  const plans: LayerPlan[] = []
  let shape = inputs
  while (plans.length < count) {
    const plan = choices.of(randomKinds).plan(shape, choices)
    if (plan === null) continue
    // Drawn only to see what it gives.
    const outputs = plan.draw(shape, drawingOf(0, 'probe')).outputs
    if (sizeOf(outputs) > MOST) continue
    plans.push(plan)
    shape = outputs
  }
  return plans
}

const shapes: readonly Shape[] = [[1], [3], [6], [2, 5], [1, 7], [1, 4, 4], [2, 3, 5], [3, 5, 4], [1, 1, 6]]

/** One layer of a kind, for samples of a random shape that it can read. */
export function randomLayer({ kind, plan }: RandomKind, seed: number): Layer {
  const choices = new Choices(key(seed).child(kind))
  for (;;) {
    const inputs = choices.of(shapes)
    const layer = plan(inputs, choices)
    if (layer !== null) return layer.draw(inputs, drawingOf(seed, 'layer'))
  }
}

/** A network of one to five layers of any kind. */
export function randomStack(seed: number): Network {
  const choices = new Choices(key(seed).child('stack'))
  const inputs = choices.of(shapes)
  const plans = randomPlans(inputs, choices.count(1, 5), choices)
  return withNumbers(drawLayers(inputs, plans, drawingOf(seed, 'stack')), seed)
}

/** Layers without numbers fit samples of float32: where all are such, a shift of float64 comes behind. */
function withNumbers(layers: readonly Layer[], seed: number): Network {
  if (layers.some(({ dtype }) => dtype !== null)) return new Network(layers, 'stack')
  const by = key(seed)
    .child('shift')
    .normal(layers[layers.length - 1].outputs, 'float64')
  return new Network([...layers, new Shift({ name: 'shift', by })], 'stack')
}

/** A network of one layer of every kind and of random stacks, by seed. */
export const randomNetworks: readonly (readonly [string, (seed: number) => Network])[] = [
  ...randomKinds.map(
    (kind) => [kind.kind, (seed: number) => withNumbers([randomLayer(kind, seed)], seed)] as const,
  ),
  ['random stacks', randomStack],
]

export const seeds = fc.nat({ max: 1e6 })
