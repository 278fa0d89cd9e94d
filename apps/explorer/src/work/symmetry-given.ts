import { pca } from '@facet/models'
import { div, greater, mul, norm, scope, type Tensor, tensor, where } from '@facet/tensor'
import { bankOf, type WideBanks } from '../run/banks.ts'
import type { DataFacts } from '../run/data-facts.ts'
import { asTensor } from '../run/make-data.ts'
import { alongBank, alongMatrix, alongPlane, type Movement } from './symmetry-movement.ts'

/** A movement with the name that it is chosen by. */
export interface NamedMovement extends Movement {
  readonly name: string
}

/** How far along members of a bank, in their prior scales: a series is then shifted by 0.06 of its length, an image by a quarter of it. */
const FAR = 6

/** Of matrices of the size of a rotation by θ: half a turn to either side. */
export const HALF_TURN = Math.PI

/** From −1 to 1 over n places. */
const ramp = (n: number): number[] =>
  Array.from({ length: n }, (_, i) => (n === 1 ? 1 : (2 * i) / (n - 1) - 1))

const flat = (n: number, value: number): number[] => new Array<number>(n).fill(value)

/**
 * Members of a bank in units of their prior scales. A bank reads where the sample was, so that what is shifted to the right has signs below 0. A louder series is the same one when it is z-normalised: amplitude grows along it.
 */
const patterns: Readonly<Record<'series' | 'image', (size: number) => Readonly<Record<string, number[]>>>> = {
  series: (size) => {
    const half = size / 2
    return {
      shift: [...flat(half, -1), ...flat(half, 0)],
      'time warp': [...ramp(half), ...flat(half, 0)],
      amplitude: [...flat(half, 0), ...ramp(half)],
    }
  },
  image: () => ({
    'shift across': [-1, 0, 0, 0, 0, 0],
    'shift down': [0, 0, 0, -1, 0, 0],
    rotation: [0, 0, 1, 0, -1, 0],
    zoom: [0, -1, 0, 0, 0, -1],
  }),
}

/** Planes of two axes, in the order of the rotations of `bankOf`. */
const planesOf = (width: number): [number, number][] =>
  Array.from({ length: width }, (_, i) => i).flatMap((i) =>
    Array.from({ length: width - i - 1 }, (_, k): [number, number] => [i, i + k + 1]),
  )

/** Points of more dimensions have no rotations of their own here: they turn in the plane in which they vary most. */
const MOST_TURNED = 3

/** What is known to act on samples: none of one number. */
export function givenMovements(facts: DataFacts, wide: WideBanks | null): NamedMovement[] {
  const { kind, width, columns } = facts
  if (kind !== 'points') {
    const bank = bankOf(facts, wide)
    return Object.entries(patterns[kind](bank.size)).map(([name, pattern]) => ({
      name,
      ...alongBank(
        bank,
        pattern.map((value, b) => value * bank.priorScale[b]),
        FAR,
      ),
    }))
  }
  if (width === 1) return []
  if (width > MOST_TURNED) return turnedInPlane(facts)
  const bank = bankOf(facts, wide)
  const axes = columns ?? ['x', 'y', 'z']
  return planesOf(width).map(([i, j], b) => ({
    name: width === 2 ? 'rotation' : `rotation ${axes[i]}, ${axes[j]}`,
    ...alongBank(
      bank,
      planesOf(width).map((_, k) => (k === b ? 1 : 0)),
      HALF_TURN,
    ),
  }))
}

function turnedInPlane({ train, width }: DataFacts): NamedMovement[] {
  const pair = mainPair(() => asTensor(train, width))
  return [{ name: 'rotation PCA 1, 2', ...alongPlane(pair, HALF_TURN) }]
}

/** The two main axes of rows [n, d], one after another: orthonormal, or zeros in place of one along which nothing varies. */
export const mainPair = (data: () => Tensor): Float64Array =>
  scope(() => Float64Array.from(pca(data(), 2).components.dataSync()))

/** Numbers of a matrix of the size of a rotation in one plane, √2, so that θ is an angle; 0 stays 0. */
export const ofRotationSize = (G: Tensor): Float64Array =>
  scope(() => {
    const size = norm(G)
    const scaled = where(greater(size, 0), mul(div(G, size), Math.SQRT2), 0)
    return Float64Array.from(scaled.dataSync())
  })

/** Matrices that were learned, [count, d, d] of the width of the data. */
export function learnedMovements(learned: Float32Array | null, width: number): NamedMovement[] {
  if (learned === null) return []
  const size = width * width
  const count = learned.length / size
  return Array.from({ length: count }, (_, k) => {
    const values = Float64Array.from(learned.subarray(k * size, (k + 1) * size))
    const G = scope(() => ofRotationSize(tensor(values, { shape: [width, width] })))
    return { name: count === 1 ? 'learned' : `learned ${k + 1}`, ...alongMatrix(G, HALF_TURN) }
  })
}
