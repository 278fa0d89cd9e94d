import { crossings } from '../line/crossings.ts'
import { lineProgramOf } from '../line/line-program.ts'
import { SegmentWalk } from '../line/segment-walk.ts'
import { programOf } from '../program/program-of.ts'
import { networkOf } from './plain-network.ts'
import { type PlainStep, plainSteps } from './plain-steps.ts'
import {
  type OracleLevel,
  type OraclePlane,
  type PlaneTruth,
  planeOracle,
  quotientOf,
} from './plane-oracle.ts'
import type { PlaneScene } from './plane-scenes.ts'
import { rewritings } from './rewrites.ts'

/** What checks need to know of a partition of a plane. */
export interface Partitioned {
  readonly regions: number
  readonly complete: boolean
  readonly vertices: number
  readonly edges: number
  readonly faces: number
  region(i: number): {
    readonly code: ArrayLike<number>
    readonly corners: readonly (readonly number[])[]
    readonly area: number
    readonly neighbours: readonly {
      readonly region: number
      readonly changed: readonly (readonly number[])[]
      readonly length: number
    }[]
  }
}

/** Of a window of a plane: a box in (s, t). */
export interface Box {
  readonly s: readonly [lo: number, hi: number]
  readonly t: readonly [lo: number, hi: number]
}

/** Whoever partitions planes. */
export type Partitioner = (scene: PlaneScene, window: Box, level?: OracleLevel) => Partitioned

const boxOf = ({ window: [lo, hi] }: PlaneScene): Box => ({ s: [lo, hi], t: [lo, hi] })

const near = (a: number, b: number, share = 1e-9): boolean =>
  Math.abs(a - b) <= share * Math.max(Math.abs(a), Math.abs(b))

type Regions = ReturnType<Partitioned['region']>[]

const allOf = (partition: Partitioned): Regions =>
  Array.from({ length: partition.regions }, (_, i) => partition.region(i))

const keyOf = (code: ArrayLike<number>): string => Array.from(code).join('')

/** Where units of groups stand in a code; a level is one more group of one unit. */
function placeOf(scene: PlaneScene): (group: number, unit: number) => number {
  const { groups } = networkOf(scene.layers)
  const offsets = [0]
  for (const { units } of groups) offsets.push(offsets[offsets.length - 1] + units)
  return (group, unit) => offsets[group] + (group < groups.length ? unit : 0)
}

/** Region by region what exact arithmetic says: codes, corners, areas, neighbours across which walls, counts. */
export function faultsAgainstOracle(
  scene: PlaneScene,
  partitioner: Partitioner,
  level?: OracleLevel,
): string[] {
  const partition = partitioner(scene, boxOf(scene), level)
  const truth = planeOracle(scene.layers, scene.plane, boxOf(scene), level)
  return faultsOf(partition, truth, placeOf(scene))
}

function faultsOf(
  partition: Partitioned,
  truth: PlaneTruth,
  place: (group: number, unit: number) => number,
): string[] {
  const faults: string[] = []
  const wanted = truth.summary()
  const expectSame = (what: string, got: unknown, right: unknown) => {
    if (got !== right) faults.push(`${what}: ${got}, should be ${right}`)
  }
  expectSame('complete', partition.complete, true)
  expectSame('regions', partition.regions, wanted.regions)
  expectSame('vertices', partition.vertices, wanted.vertices)
  expectSame('edges', partition.edges, wanted.edges)
  expectSame('faces', partition.faces, wanted.regions)
  const regions = allOf(partition)
  const byCode = new Map(regions.map((region, i) => [keyOf(region.code), i]))
  const others = truth.neighbours()
  const adjacent = truth.regions.map(() => new Map<number, Set<string>>())
  const lengths = new Map<string, number>()
  for (const edge of truth.edges) {
    if (edge.right < 0) continue
    const changed = truth.changed(edge)
    adjacent[edge.left].set(edge.right, new Set(changed.map((c) => c.join())))
    adjacent[edge.right].set(edge.left, new Set(changed.map(([unit, l, r]) => [unit, r, l].join())))
    const name = `${Math.min(edge.left, edge.right)} ${Math.max(edge.left, edge.right)}`
    lengths.set(name, (lengths.get(name) ?? 0) + edge.length)
  }
  const indexOf = truth.regions.map(({ code }) => byCode.get(keyOf(code)))
  const truthOf = new Map(indexOf.map((i, k) => [i, k]))
  truth.regions.forEach((right, k) => {
    const i = indexOf[k]
    const name = `region ${right.code.join('')}`
    if (i === undefined) {
      faults.push(`${name}: is missing, area ${right.area}`)
      return
    }
    const got = regions[i]
    if (!near(got.area, right.area, 1e-7)) faults.push(`${name}: area ${got.area}, should be ${right.area}`)
    expectSame(`${name}: corners`, got.corners.length, right.corners.length)
    for (const { x, y, w } of right.corners) {
      const [s, t] = [quotientOf(x, w), quotientOf(y, w)]
      const size = Math.max(
        ...truth.window.flatMap((p) => [Math.abs(quotientOf(p.x, p.w)), Math.abs(quotientOf(p.y, p.w))]),
      )
      const gap = Math.min(...got.corners.map(([a, b]) => Math.hypot(a - s, b - t)))
      if (!(gap <= 1e-9 * size)) faults.push(`${name}: no corner at (${s}, ${t}), the next is ${gap} away`)
    }
    expectSame(
      `${name}: neighbours`,
      new Set(got.neighbours.map(({ region }) => region)).size,
      adjacent[k].size,
    )
    for (const { region, changed, length } of got.neighbours) {
      const other = truthOf.get(region)
      const right = other === undefined ? undefined : adjacent[k].get(other)
      if (right === undefined) {
        faults.push(`${name}: neighbour ${region} is none`)
        continue
      }
      const pairs = changed.map(([group, unit, before, after]) => [place(group, unit), before, after].join())
      if (pairs.length !== right.size || pairs.some((pair) => !right.has(pair)))
        faults.push(
          `${name}: across to ${region} ${pairs.join(' ')} change, should be ${[...right].join(' ')}`,
        )
      const wall = lengths.get(`${Math.min(k, other!)} ${Math.max(k, other!)}`)!
      if (!near(length, wall, 1e-6) && others.size > 0)
        faults.push(`${name}: a wall of ${length}, should be ${wall}`)
    }
  })
  return faults
}

/** Euler's formula, areas, mean number of neighbours, patterns at random points, adjacency that is symmetric. */
export function faultsOfInvariants(
  scene: PlaneScene,
  partitioner: Partitioner,
  draw: () => number,
): string[] {
  const partition = partitioner(scene, boxOf(scene))
  const faults: string[] = []
  const { regions: count, vertices, edges, faces } = partition
  const regions = allOf(partition)
  if (!partition.complete) faults.push('complete: false')
  if (faces !== count) faults.push(`faces: ${faces}, regions ${count}`)
  if (vertices - edges + faces !== 1) faults.push(`Euler: ${vertices} - ${edges} + ${faces} is not 1`)
  const [lo, hi] = scene.window
  const area = regions.reduce((sum, region) => sum + region.area, 0)
  if (!near(area, (hi - lo) ** 2)) faults.push(`area: ${area}, should be ${(hi - lo) ** 2}`)
  const neighbours = regions.reduce((sum, region) => sum + region.neighbours.length, 0) / count
  const most = hasWindows(plainSteps(scene.layers)) ? 6 : 4
  if (!(neighbours <= most)) faults.push(`mean neighbours: ${neighbours}, at most ${most}`)
  const codes = new Map(regions.map(({ code }, i) => [keyOf(code), i]))
  if (codes.size !== count) faults.push(`codes: ${codes.size} of ${count} regions`)
  regions.forEach((region, i) => {
    for (const { region: j, changed, length } of region.neighbours) {
      const back = regions.at(j)?.neighbours.find((neighbour) => neighbour.region === i)
      const turned = changed.map(([group, unit, before, after]) => [group, unit, after, before].join()).sort()
      if (back === undefined) faults.push(`region ${i}: ${j} does not know it`)
      else if (
        back.changed
          .map((one) => one.join())
          .sort()
          .join(' ') !== turned.join(' ') ||
        !near(back.length, length)
      )
        faults.push(`region ${i}: ${j} sees another wall`)
    }
  })
  const { origin, u, v } = scene.plane
  const codeOf = exactCodes(scene)
  for (let k = 0; k < 50; k++) {
    // On a grid, so that the point in the plane is a float.
    const [s, t] = [0, 1].map(() => Math.round((lo + draw() * (hi - lo)) * 1024) / 1024 + 2 ** -11)
    if (s > hi || t > hi) continue
    const point = origin.map((x, i) => x + s * u[i] + t * v[i])
    const code = codeOf(point)
    if (code !== undefined && !codes.has(code))
      faults.push(`the pattern ${code} at (${s}, ${t}) is not there`)
  }
  return faults
}

const hasWindows = (steps: readonly PlainStep[]): boolean =>
  steps.some((step) => step.step === 'largest' || (step.step === 'sum' && hasWindows(step.inner)))

/** The codes of points, exactly; undefined on walls, which have no region of their own. */
function exactCodes({ layers }: PlaneScene): (point: readonly number[]) => string | undefined {
  const walk = new SegmentWalk(lineProgramOf(programOf(networkOf(layers))))
  const towards = (point: readonly number[], to: readonly number[]) => {
    walk.start(point, to)
    return keyOf(walk.code())
  }
  return (point) => {
    // A walk that stands still, and the beginnings of two in opposite directions.
    const code = towards(point, point)
    const sides = [1, -1].map((side) => point.map((x, i) => x + side * 2 ** -30 * ((i % 7) + 1)))
    return sides.every((side) => towards(point, side) === code) ? code : undefined
  }
}

/** regions(whole) = regions(one side) + regions(other side) − regions met along the cut, for cuts along no wall. */
export function faultsOfCut(scene: PlaneScene, partitioner: Partitioner, share: number): string[] {
  const [lo, hi] = scene.window
  // Between two multiples of 1/512, and so within the window wherever its ends are such.
  const at = Math.floor((lo + share * (hi - lo)) * 512) / 512 + 2 ** -10
  const { origin, u, v } = scene.plane
  const pointAt = (s: number, t: number) => origin.map((x, i) => x + s * u[i] + t * v[i])
  const network = networkOf(scene.layers)
  const whole = partitioner(scene, boxOf(scene)).regions
  const faults: string[] = []
  const cuts: [string, Box, Box, number[], number[]][] = [
    ['s', { s: [lo, at], t: [lo, hi] }, { s: [at, hi], t: [lo, hi] }, pointAt(at, lo), pointAt(at, hi)],
    ['t', { s: [lo, hi], t: [lo, at] }, { s: [lo, hi], t: [at, hi] }, pointAt(lo, at), pointAt(hi, at)],
  ]
  for (const [name, one, other, from, to] of cuts) {
    const [left, right] = [one, other].map((box) => partitioner(scene, box).regions)
    const walk = crossings(network, [from, to]).regions
    if (whole !== left + right - walk)
      faults.push(`cut at ${name} = ${at}: ${whole} is not ${left} + ${right} - ${walk}`)
  }
  return faults
}

/** The network written otherwise has the same regions, by code and area. */
export function faultsOfRewritings(scene: PlaneScene, partitioner: Partitioner): string[] {
  const areas = (layers: PlaneScene['layers'], back: (code: number[]) => number[]) =>
    new Map(
      allOf(partitioner({ ...scene, layers }, boxOf(scene))).map(({ code, area }) => [
        back(Array.from(code)).join(''),
        area,
      ]),
    )
  const before = areas(scene.layers, (code) => code)
  return Object.entries(rewritings).flatMap(([name, rewrite]) => {
    const { layers, back } = rewrite(scene.layers)
    const after = areas(layers, back)
    if (after.size !== before.size) return [`${name}: ${after.size} regions, should be ${before.size}`]
    return [...before].flatMap(([code, area]) => {
      const other = after.get(code)
      return other !== undefined && near(other, area, 1e-7)
        ? []
        : [`${name}: region ${code} has ${other} for ${area}`]
    })
  })
}

/** The same scene 2^exponent times as large, plane and biases with it: nothing that is counted changes. */
export function scaledPlane({ origin, u, v }: OraclePlane, exponent: number): OraclePlane {
  const by = (x: readonly number[]) => x.map((xi) => xi * 2 ** exponent)
  return { origin: by(origin), u: by(u), v: by(v) }
}

/** The oracle in the clothes of what it is to check: what is wrong with checks shows in it. */
export const oraclePartitioner: Partitioner = (scene, window, level) => {
  const truth = planeOracle(scene.layers, scene.plane, window, level)
  const { regions, vertices, edges } = truth.summary()
  const { groups } = networkOf(scene.layers)
  const nameOf = (unit: number): [number, number] => {
    let from = 0
    for (const [group, { units }] of groups.entries()) {
      if (unit < from + units) return [group, unit - from]
      from += units
    }
    return [groups.length, 0]
  }
  const all = truth.regions.map(({ code, corners, area }) => ({
    code,
    area,
    corners: corners.map(({ x, y, w }) => [quotientOf(x, w), quotientOf(y, w)]),
    neighbours: [] as { region: number; changed: number[][]; length: number }[],
  }))
  for (const edge of truth.edges) {
    if (edge.right < 0) continue
    const changed = truth.changed(edge)
    const ends = [
      [edge.left, edge.right, changed.map(([unit, l, r]) => [...nameOf(unit), l, r])],
      [edge.right, edge.left, changed.map(([unit, l, r]) => [...nameOf(unit), r, l])],
    ] as const
    for (const [i, region, units] of ends)
      all[i].neighbours.push({ region, changed: units, length: edge.length })
  }
  return { regions, complete: true, vertices, edges, faces: regions, region: (i) => all[i] }
}
