import type { Network } from '@facet/models'
import {
  aFunction,
  aValue,
  describe,
  type OptionsOf,
  optional,
  optionTable,
  required,
} from '@facet/tensor/checks'
import { aLevel, expectLevel, withLevel } from '../program/level.ts'
import { type Limits, limitsOf, someLimits } from '../program/limits.ts'
import { programOf } from '../program/program-of.ts'
import { statesOf } from './codes.ts'
import { Core } from './core/core.ts'
import { extract } from './core/extract.ts'
import type { Plane } from './core/window.ts'
import { PlanePartition } from './partition.ts'

/** A square window, or one with a side for each parameter. */
export type PlaneWindow =
  | readonly [number, number]
  | { readonly s: readonly [number, number]; readonly t: readonly [number, number] }

/** A region as it is finished. */
export interface FinishedRegion {
  /** The states of all units, group after group. */
  readonly code: Int32Array
  /** [s, t] around it, anticlockwise: its corners, and where a wall ends on the other side of an edge. */
  readonly corners: readonly (readonly [number, number])[]
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

const planePartitionOptions = optionTable('planePartition', {
  // The points origin + s u + t v, each [inputs]; by default the plane of the inputs, where there are two.
  plane: optional(aValue<Plane>('{ origin, u, v }', isObject)),
  // The values of s and t, [lo, hi] or { s: [lo, hi], t: [lo, hi] }.
  window: required(aValue<PlaneWindow>('[lo, hi] or { s: [lo, hi], t: [lo, hi] }', isObject)),
  // A number of the output, `output`, that cuts too where it is `value`, 0 by default: it counts as one more sign unit, [groups, output].
  level: aLevel,
  // When to stop: after so many `regions`, or after so many `milliseconds`. The result then has `complete: false`, and the regions that were finished.
  limits: someLimits,
  // Is called with every region when it is finished; `false` stops: the result then has the regions up to that one.
  onRegion: optional(aFunction<(region: FinishedRegion) => unknown>('a function of a region')),
})

/** The settings of {@link planePartition}. */
export type PlanePartitionOptions = OptionsOf<typeof planePartitionOptions>

/** Faces of a block where there is a budget: what is begun is finished at small cost. */
const SMALL_BLOCK = 2 ** 15

/**
 * The regions of a network in a window of a plane, as one planar structure (docs/mathematics.md 3.4): of layers of any kind, on the plane of two inputs, on
 * the latent plane of a decoder, or on any plane through data.
 *
 * Every sign is decided: in float64 with a bound of its error, which follows the size of the numbers, or else in rational arithmetic. Counts, codes and
 * neighbours are therefore those of the network exactly; walls that coincide, meet in one vertex, run along the window's edge or vanish are ordinary cases.
 *
 * @throws Error for a plane or a window that does not fit and weights that are not finite, RangeError for a window without an inside.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { network } from '@facet/models'
 * import { planePartition } from '@facet/geometry'
 * await init()
 * const net = network({ sizes: [2, 16, 16, 1], activations: ['relu', 'relu', 'identity'], key: key(0) })
 * const partition = planePartition(net, { window: [-1, 1] })
 * partition.regions // how many
 * partition.region(0).corners // [[s, t], …]
 */
export function planePartition(network: Network, options: PlanePartitionOptions): PlanePartition {
  const { plane, window, level, limits, onRegion } = planePartitionOptions.resolve(options)
  const { s, t } = windowOf(window)
  const chosen = plane ?? inputPlane(network)
  expectPlane(network, chosen)
  if (level !== undefined) expectLevel('planePartition', network, level)
  const budget = limitsOf('planePartition', limits)
  const program = programOf(network)
  const hasBudget = budget.regions < Infinity || budget.milliseconds < Infinity || onRegion !== undefined
  const cut = level === undefined ? program : withLevel(program, level)
  const core = new Core(cut, { ...chosen, s, t }, hasBudget ? SMALL_BLOCK : undefined)
  try {
    const { faces, isComplete } = runCore(core, budget, onRegion)
    const { structure, vertex, errors } = extract(core, faces)
    const exact = core.exact.with(core.keptOrigins(vertex === null ? structure : undefined))
    return new PlanePartition({
      structure,
      program,
      plane: chosen,
      complete: isComplete,
      verified: core.wasSettled ? 'exact' : 'checked',
      level: level ?? null,
      exactVertex: (v) => exact.point(vertex === null ? v : vertex[v]),
      vertexErrors: errors,
    })
  } finally {
    core.release()
  }
}

/** Cuts until all faces are finished, or a budget is spent. @returns the finished faces in order */
function runCore(
  core: Core,
  { regions: most, milliseconds }: Required<Limits>,
  onRegion: ((region: FinishedRegion) => unknown) | undefined,
): { faces: Int32Array; isComplete: boolean } {
  const finished: Int32Array[] = []
  let [count, isStopped] = [0, false]
  const end = performance.now() + milliseconds
  const isAll = core.run(
    (faces) => {
      let taken = faces.subarray(0, Math.max(0, most - count))
      if (onRegion !== undefined) {
        const last = taken.findIndex((face) => onRegion(finishedRegion(core, face)) === false)
        if (last >= 0) {
          taken = taken.subarray(0, last + 1)
          isStopped = true
        }
      }
      isStopped ||= taken.length < faces.length
      finished.push(taken)
      count += taken.length
    },
    // Faces that were begun on the way: the first layer of 2-1024-1024 alone has 500,000.
    most === Infinity ? Infinity : 16 * most + 2 ** 19,
    () => !isStopped && performance.now() <= end,
  )
  return { faces: inOrder(finished, count, core.faces), isComplete: isAll && !isStopped }
}

/** The numbers of the finished faces. Most often these are all. */
function inOrder(finished: readonly Int32Array[], count: number, all: number): Int32Array {
  const faces = new Int32Array(count)
  if (count === all) {
    for (let i = 0; i < count; i++) faces[i] = i
    return faces
  }
  let at = 0
  for (const some of finished) {
    faces.set(some, at)
    at += some.length
  }
  return faces.sort()
}

function finishedRegion(core: Core, face: number): FinishedRegion {
  const code = statesOf(core.codeOf(face), core.plan.groups)
  const first = core.firsts[face]
  const corners: (readonly [number, number])[] = []
  let h = first
  do {
    const v = core.records.edgeInt('ORIGIN', h)
    corners.push([core.records.vertexFloat('S', v), core.records.vertexFloat('T', v)])
    h = core.records.edgeInt('NEXT', h)
  } while (h !== first)
  return { code, corners }
}

function windowOf(window: PlaneWindow): { s: readonly [number, number]; t: readonly [number, number] } {
  const { s, t } = 's' in window ? window : { s: window, t: window }
  for (const [name, side] of [
    ['s', s],
    ['t', t],
  ] as const) {
    // Its length too: that of ±MAX_VALUE is none.
    const isSide =
      Array.isArray(side) && side.length === 2 && [...side, side[1] - side[0]].every(Number.isFinite)
    if (!isSide)
      throw new Error(`planePartition: window: expected ${name} as two finite numbers, got ${describe(side)}`)
    if (!(side[0] < side[1]))
      throw new RangeError(
        `planePartition: window: expected ${name} from below to above, got [${side.join(', ')}]`,
      )
  }
  return { s, t }
}

function inputPlane({ inputs, name }: Network): Plane {
  if (inputs === 2) return { origin: [0, 0], u: [1, 0], v: [0, 1] }
  throw new Error(
    `planePartition: '${name}' has ${inputs} inputs: expected a plane { origin, u, v } of that many numbers each, got none`,
  )
}

function expectPlane({ inputs }: Network, plane: Plane): void {
  for (const name of ['origin', 'u', 'v'] as const) {
    const numbers = Array.from(plane[name] ?? [])
    if (numbers.length === inputs && numbers.every(Number.isFinite)) continue
    throw new Error(
      `planePartition: plane: expected ${name} as ${inputs} finite numbers, got ${numbers.length} (${numbers.slice(0, 4).join(', ')})`,
    )
  }
}
