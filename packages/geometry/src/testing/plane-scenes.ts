import {
  type Activation,
  absActivation,
  identityActivation,
  key,
  leakyReluActivation,
  reluActivation,
} from '@facet/tensor'
import { randomStack, stacks } from './kind-cases.ts'
import type { PlainLayer } from './plain-layers.ts'
import type { OraclePlane } from './plane-oracle.ts'

/** A network, a plane through its inputs and a window in it. All numbers have few enough bits that points of the plane on a grid are floats. */
export interface PlaneScene {
  readonly name: string
  readonly layers: readonly PlainLayer[]
  readonly plane: OraclePlane
  readonly window: readonly [lo: number, hi: number]
}

const grid = (x: number, bits = 8): number => Math.round(x * 2 ** bits) / 2 ** bits

/** Any plane, its vectors neither orthogonal nor of length 1. */
export function randomPlane(inputs: number, seed: string | number): OraclePlane {
  const numbers = Array.from(
    key(seed)
      .child('plane')
      .normalArray(3 * inputs),
    (x) => grid(x),
  )
  return {
    origin: numbers.slice(0, inputs),
    u: numbers.slice(inputs, 2 * inputs),
    v: numbers.slice(2 * inputs),
  }
}

export const inputPlane: OraclePlane = { origin: [0, 0], u: [1, 0], v: [0, 1] }

/** A network of layers of every kind, by name in {@link stacks}. */
export function stackScene(name: string, isBiased: boolean, seed: number): PlaneScene {
  const { inputs } = stacks[name]
  // A hundred regions or so: images have thousands in a window of ±2.
  const half = inputs > 12 ? 0.25 : 1.5
  return {
    name: `${name}, ${isBiased ? 'bias' : 'no bias'}, seed ${seed}`,
    layers: randomStack(name, isBiased, seed),
    plane: randomPlane(inputs, seed),
    window: [-half, half],
  }
}

const activations: readonly Activation[] = [reluActivation, absActivation, leakyReluActivation(0.25)]

/** Dense layers on two inputs, of normal numbers or, where walls are to coincide, of small integers. */
export function denseScene(seed: number, isDegenerate: boolean): PlaneScene {
  const random = key(seed).child('dense')
  const draws = random.child('shape').uniformArray(16)
  const depth = 1 + Math.floor(3 * draws[0])
  const sizes = [
    2,
    ...Array.from({ length: depth }, (_, l) => 2 + Math.floor(6 * draws[l + 1])),
    1 + Math.floor(2 * draws[5]),
  ]
  const isBiased = draws[6] < 0.8
  const layers = sizes.slice(1).map((units, l): PlainLayer => {
    const numbers = random.child(`layer ${l}`).normalArray(units * (sizes[l] + 1))
    const made = Array.from(numbers, (x) => (isDegenerate ? Math.max(-2, Math.min(2, Math.round(x))) : x))
    const isLast = l === sizes.length - 2
    return {
      weight: Array.from({ length: units }, (_, i) => made.slice(i * sizes[l], (i + 1) * sizes[l])),
      bias: isBiased ? made.slice(units * sizes[l]) : null,
      activation: isLast ? identityActivation : activations[Math.floor(3 * draws[8 + l])],
    }
  })
  const name = `dense ${sizes.join('-')}, ${isDegenerate ? 'small integers' : 'normal'}, seed ${seed}`
  return { name, layers, plane: inputPlane, window: [-2, 2] }
}
