import { init } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { heldMap } from '../program/held-map.ts'
import type { Program } from '../program/program.ts'
import { programOf } from '../program/program-of.ts'
import { runProgram } from '../program/run.ts'
import { exactPartition } from '../testing/exact-partition.ts'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf } from '../testing/plain-network.ts'
import { exactMaps } from './exact-maps.ts'
import type { Plane } from './maps.ts'
import { PlanePartition } from './partition.ts'

beforeAll(() => init())

/** A random plane through the input space of a program; its directions are neither orthogonal nor of length 1. */
function planeOf({ inputs }: Program, seed: number): Plane {
  const numbers = (k: number) => Array.from({ length: inputs }, (_, i) => Math.sin(seed + k + 7.3 * i))
  return { origin: numbers(1).map((x) => x / 4), u: numbers(2), v: numbers(3).map((x) => 2 * x) }
}

const pointOf = ({ origin, u, v }: Plane, [s, t]: readonly [number, number]): number[] =>
  Array.from(origin, (x, i) => x + s * u[i] + t * v[i])

const values = (
  { A, b }: { A: readonly (readonly number[])[]; b: readonly number[] },
  x: readonly number[],
) => b.map((bi, i) => bi + A[i].reduce((sum, a, j) => sum + a * x[j], 0))

const expectNear = (got: readonly number[], wanted: ArrayLike<number>, within = 1e-9) => {
  const scale = Math.max(1, ...Array.from(wanted, Math.abs))
  expect(got.length).toBe(wanted.length)
  got.forEach((x, i) => expect(Math.abs(x - wanted[i])).toBeLessThanOrEqual(within * scale))
}

describe.each(Object.keys(stacks))('a partition of a plane through the inputs of %s', (name) => {
  const scene = fc.record({ seed: fc.nat(1e6), isBiased: fc.boolean(), hasLevel: fc.boolean() })
  const tried = (check: (partition: PlanePartition, plane: Plane, program: Program) => void) =>
    fc.assert(
      fc.property(scene, ({ seed, isBiased, hasLevel }) => {
        const program = programOf(networkOf(randomStack(name, isBiased, seed)))
        const plane = planeOf(program, seed)
        const level = hasLevel ? { output: seed % program.outputs, value: 0.125 } : null
        check(new PlanePartition(exactPartition(program, plane, [-1, 1], level)), plane, program)
      }),
      { numRuns: 4 },
    )

  it('fills the window with convex polygons whose neighbours are each other’s', () => {
    tried((partition) => {
      const { vertices, edges, faces, area, sizes, meanNeighbours, patterns, regions } = partition.summary()
      expect(vertices - edges + faces).toBe(1)
      expectNear([area], [4])
      expect(patterns).toBe(regions)
      expect([partition.vertices, partition.edges, partition.faces]).toEqual([vertices, edges, regions])
      expect(Object.values(sizes).reduce((a, b) => a + b, 0)).toBe(regions)
      let neighbours = 0
      for (const region of partition) {
        const { corners } = region
        const turns = corners.map(([s, t], i) => {
          const [[as, at], [bs, bt]] = [corners.at(i - 1)!, corners[(i + 1) % corners.length]]
          return (s - as) * (bt - t) - (t - at) * (bs - s)
        })
        expect(Math.min(...turns)).toBeGreaterThan(0)
        for (const { region: other, changed, from, to, length, wall } of region.neighbours) {
          neighbours++
          const back = partition.region(other).neighbours.filter((n) => n.region === region.index)
          expect(back.length).toBe(1)
          expect([back[0].from, back[0].to, back[0].length]).toEqual([to, from, length])
          expect(back[0].changed).toEqual(changed.map(([g, u, before, after]) => [g, u, after, before]))
          expect(changed.some(([group, unit]) => group === wall[0] && unit === wall[1])).toBe(true)
        }
      }
      expect(neighbours / regions).toBeCloseTo(meanNeighbours, 9)
    })
  })

  it('has the states and the map of the network on every region', () => {
    tried((partition, plane, program) => {
      for (const region of partition) {
        const x = pointOf(plane, region.centroid)
        const { output, states } = runProgram(program, x)
        const { level } = partition
        // Thin regions have a centroid that floats cannot tell from their walls.
        if (region.area < 1e-9) continue
        expect([...region.code]).toEqual([...states])
        expectNear(values(region.map(), x), output)
        expect(region.level).toBe(level && (output[level.output] > 0.125 ? 1 : 0))
        expect(partition.at(...region.centroid)?.index).toBe(region.index)
      }
    })
  })

  it('tells maps apart as rational arithmetic does, and pieces by them', () => {
    tried((partition, plane, program) => {
      const isSame = exactMaps(program, plane, partition.codes)
      const { count, of } = partition.affineMaps()
      const firsts: number[] = []
      for (let i = 0; i < of.length; i++) {
        const first = firsts.findIndex((other) => isSame(other, i))
        expect(of[i]).toBe(first < 0 ? firsts.push(i) - 1 : first)
      }
      expect(count).toBe(firsts.length)
      const pieces = partition.affinePieces()
      const seen = new Set<number>()
      let met = 0
      for (let i = 0; i < of.length; i++) {
        if (seen.has(i)) continue
        const stack = [i]
        seen.add(i)
        while (stack.length > 0) {
          const at = stack.pop()!
          expect(pieces.of[at]).toBe(met)
          for (const { region } of partition.region(at).neighbours)
            if (of[region] === of[at] && !seen.has(region)) {
              seen.add(region)
              stack.push(region)
            }
        }
        met++
      }
      expect(pieces.count).toBe(met)
    })
  })

  it('has slopes, distances and level lines as points say', () => {
    tried((partition, plane, program) => {
      const norms = partition.slopeNorms()
      const distances = partition.codeDistances(0)
      const [u, v] = [Array.from(plane.u), Array.from(plane.v)]
      const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i], 0)
      const e = u.map((x) => x / Math.sqrt(dot(u, u)))
      const rest = v.map((x, i) => x - dot(v, e) * e[i])
      const f = rest.map((x) => x / Math.sqrt(dot(rest, rest)))
      const [here] = partition
      for (const region of partition) {
        const { A } = heldMap(program, region.code)
        const squares = A.reduce((sum, row) => sum + dot(row, e) ** 2 + dot(row, f) ** 2, 0)
        expectNear([norms[region.index]], [Math.sqrt(squares)])
        const other = region.code.filter((state, i) => state !== here.code[i]).length
        expect(distances[region.index]).toBe(other + (region.level === here.level ? 0 : 1))
      }
      const { level } = partition
      const lines = partition.levelLines()
      if (level === null) expect(lines).toEqual([])
      let length = 0
      for (const { points, isClosed } of lines) {
        expect(points.length).toBeGreaterThan(1)
        if (isClosed) expect(points.at(-1)).toEqual(points[0])
        else for (const end of [points[0], points.at(-1)!]) expect(Math.max(...end.map(Math.abs))).toBe(1)
        points.forEach((point, i) => {
          const { output } = runProgram(program, pointOf(plane, point))
          expectNear([output[level!.output]], [0.125], 1e-9)
          if (i > 0) length += Math.hypot(point[0] - points[i - 1][0], point[1] - points[i - 1][1])
        })
      }
      let walls = 0
      for (const { neighbours } of partition)
        for (const { changed, length } of neighbours)
          if (changed.some(([group]) => level !== null && group === program.groups.length))
            walls += length / 2
      expectNear([length], [walls])
    })
  })
})

test('the error of an autoencoder is largest at a corner', () => {
  const sine = (rows: number, columns: number, k: number) =>
    Array.from({ length: rows }, (_, i) =>
      Array.from({ length: columns }, (_, j) => Math.sin(k + 3 * i + 5 * j)),
    )
  const relu = { name: 'relu', alpha: 0 } as const
  const identity = { name: 'identity', alpha: 0 } as const
  const program = programOf(
    networkOf([
      { weight: sine(6, 3, 1), bias: sine(1, 6, 2)[0], activation: relu },
      { weight: sine(2, 6, 3), bias: null, activation: identity },
      { weight: sine(6, 2, 4), bias: sine(1, 6, 5)[0], activation: relu },
      { weight: sine(3, 6, 6), bias: null, activation: identity },
    ]),
  )
  const plane = planeOf(program, 1)
  const partition = new PlanePartition(exactPartition(program, plane, [-2, 2]))
  const errorAt = (at: readonly [number, number]) => {
    const x = pointOf(plane, at)
    return runProgram(program, x).output.reduce((sum, y, i) => sum + (x[i] - y) ** 2, 0)
  }
  const { atCentroid, largest } = partition.reconstructionErrors()
  expect(partition.regions).toBeGreaterThan(20)
  for (const { index, centroid, corners } of partition) {
    expectNear([atCentroid[index]], [errorAt(centroid)])
    expectNear([largest[index]], [Math.max(...corners.map(errorAt))])
    expect(largest[index]).toBeGreaterThan(atCentroid[index])
  }
  const narrower = programOf(networkOf([{ weight: sine(2, 3, 1), bias: null, activation: relu }]))
  expect(() => new PlanePartition(exactPartition(narrower, plane, [-1, 1])).reconstructionErrors()).toThrow(
    'reconstructionErrors: expected as many outputs as inputs, got 2 and 3',
  )
})
