import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { lazy } from '../numbers/lazy.ts'
import { heldMap } from '../program/held-map.ts'
import type { Program } from '../program/program.ts'
import { runProgram } from '../program/run.ts'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { oraclePartition } from '../testing/oracle-partition.ts'
import type { PlainLayer } from '../testing/plain-layers.ts'
import type { OraclePlane, PlaneTruth } from '../testing/plane-oracle.ts'
import { randomPlane } from '../testing/plane-scenes.ts'
import { PlanePartition } from './partition.ts'

beforeAll(() => init())

const pointOf = ({ origin, u, v }: OraclePlane, [s, t]: readonly [number, number]): number[] =>
  origin.map((x, i) => x + s * u[i] + t * v[i])

const values = (
  { A, b }: { A: readonly (readonly number[])[]; b: readonly number[] },
  x: readonly number[],
) => b.map((bi, i) => bi + A[i].reduce((sum, a, j) => sum + a * x[j], 0))

const expectNear = (got: readonly number[], wanted: ArrayLike<number>, within = 1e-9) => {
  const scale = Math.max(1, ...Array.from(wanted, Math.abs))
  expect(got.length).toBe(wanted.length)
  got.forEach((x, i) => expect(Math.abs(x - wanted[i])).toBeLessThanOrEqual(within * scale))
}

/** Of the window, in both directions: images have thousands of regions where others have a hundred. */
const halfOf = (name: string) => (stacks[name].inputs > 12 ? 0.375 : 1)

interface Scene {
  readonly partition: PlanePartition
  readonly plane: OraclePlane
  readonly program: Program
  readonly truth: PlaneTruth
}

describe.each(Object.keys(stacks))('a partition of a plane through the inputs of %s', (name) => {
  const half = halfOf(name)
  /** Made once: the oracle takes up to a second. */
  const scenes = lazy((): Scene[] =>
    [1, 2].map((seed) => {
      const hasLevel = seed === 2
      const layers = randomStack(name, hasLevel, seed)
      const plane = randomPlane(stacks[name].inputs, seed)
      const level = hasLevel ? { output: 0, value: 0.125 } : null
      const { truth, parts } = oraclePartition(layers, plane, [-half, half], level)
      return { partition: new PlanePartition(parts), plane, program: parts.program, truth }
    }),
  )
  const tried = (check: (partition: PlanePartition, scene: Scene) => void) => {
    expect(scenes().reduce((sum, { partition }) => sum + partition.regions, 0)).toBeGreaterThan(10)
    for (const scene of scenes()) check(scene.partition, scene)
  }

  it('fills the window with convex polygons whose neighbours are each other’s', () => {
    tried((partition) => {
      const { vertices, edges, faces, area, sizes, meanNeighbours, patterns, regions } = partition.summary()
      expect(vertices - edges + faces).toBe(1)
      expectNear([area], [4 * half * half])
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
    tried((partition, { plane, program }) => {
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

  it('has the counts and measures that rational arithmetic finds', () => {
    tried((partition, { truth }) => {
      const summary = partition.summary() as unknown as Record<string, unknown>
      for (const [quantity, value] of Object.entries(truth.summary()))
        if (typeof value !== 'number' || (Number.isInteger(value) && quantity !== 'area'))
          expect(summary[quantity], quantity).toEqual(value)
        else expect(Math.abs((summary[quantity] as number) / value - 1), quantity).toBeLessThan(1e-11)
      expect(summary.smallestArea).toBe(Math.min(...truth.regions.map(({ area }) => area)))
      expect(summary.shortestEdge).toBe(Math.min(...truth.edges.map(({ length }) => length)))
    })
  })

  it('tells maps apart as rational arithmetic does', () => {
    tried((partition, { truth }) => {
      const { count, of } = partition.affineMaps()
      const names: string[] = []
      truth.regions.forEach(({ map }, i) => {
        if (!names.includes(map)) names.push(map)
        expect(of[i]).toBe(names.indexOf(map))
      })
      expect(count).toBe(names.length)
      const pieces = partition.affinePieces()
      for (const { index, neighbours } of partition)
        for (const { region } of neighbours)
          expect(pieces.of[region] === pieces.of[index]).toBe(of[region] === of[index])
    })
  })

  it('has slopes, distances and level lines as points say', () => {
    tried((partition, { plane, program }) => {
      const norms = partition.slopeNorms()
      const distances = partition.codeDistances(0)
      const { u, v } = plane
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
        else for (const end of [points[0], points.at(-1)!]) expect(Math.max(...end.map(Math.abs))).toBe(half)
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
  const layers: PlainLayer[] = [
    { weight: sine(6, 3, 1), bias: sine(1, 6, 2)[0], activation: relu },
    { weight: sine(2, 6, 3), bias: null, activation: identity },
    { weight: sine(6, 2, 4), bias: sine(1, 6, 5)[0], activation: relu },
    { weight: sine(3, 6, 6), bias: null, activation: identity },
  ]
  const plane = randomPlane(3, 1)
  const { parts } = oraclePartition(layers, plane, [-2, 2])
  const { program } = parts
  const partition = new PlanePartition(parts)
  const errorAt = (at: readonly [number, number]) => {
    const x = pointOf(plane, at)
    return runProgram(program, x).output.reduce((sum, y, i) => sum + (x[i] - y) ** 2, 0)
  }
  const { atCentroid, largest, at } = partition.reconstructionErrors()
  const forms = partition.errorForms()
  expect(partition.regions).toBeGreaterThan(10)
  expect(forms.length).toBe(8 * partition.regions)
  for (const { index, centroid, corners } of partition) {
    expectNear([atCentroid[index]], [errorAt(centroid)])
    expectNear([largest[index]], [Math.max(...corners.map(errorAt))])
    expect(largest[index]).toBeGreaterThan(atCentroid[index])
    const worst = [at[2 * index], at[2 * index + 1]] as const
    expect(corners).toContainEqual(worst)
    expectNear([largest[index]], [errorAt(worst)])
    const [cs, ct, e0, es, et, ess, est, ett] = forms.subarray(8 * index)
    expectNear([cs, ct], centroid)
    for (const [s, t] of corners.map(([s, t]) => [(s + 2 * cs) / 3, (t + 2 * ct) / 3] as const)) {
      const [ds, dt] = [s - cs, t - ct]
      const error = e0 + es * ds + et * dt + ess * ds * ds + est * ds * dt + ett * dt * dt
      expectNear([error], [errorAt([s, t])])
    }
  }
  const narrower = oraclePartition([{ weight: sine(2, 3, 1), bias: null, activation: relu }], plane, [-1, 1])
  for (const name of ['reconstructionErrors', 'errorForms'] as const)
    expect(() => new PlanePartition(narrower.parts)[name]()).toThrow(
      `${name}: expected as many outputs as inputs, got 2 and 3`,
    )
})

test('maps are compared as functions: across a wall that cancels downstream they are one', () => {
  const relu = { name: 'relu', alpha: 0 } as const
  const identity = { name: 'identity', alpha: 0 } as const
  // s = relu(s) − relu(−s), beside relu(t); the pieces at either side of s = 0 have other states that matter.
  const out = (share: number): PlainLayer[] => [
    {
      weight: [
        [1, 0],
        [-1, 0],
        [0, 1],
      ],
      bias: null,
      activation: relu,
    },
    { weight: [[1, share, 1]], bias: null, activation: identity },
  ]
  const plane = { origin: [0, 0], u: [1, 0], v: [0, 1] }
  const of = (share: number) => {
    const partition = new PlanePartition(oraclePartition(out(share), plane, [-1, 1]).parts)
    return [partition.regions, partition.affineMaps().count, partition.affinePieces().count]
  }
  expect(of(-1)).toEqual([4, 2, 2])
  // A float away from cancelling.
  expect(of(-1 - 2 ** -52)).toEqual([4, 4, 4])
  expect(of(1)).toEqual([4, 4, 4])
})

test('a map that two regions have apart from each other is one map in two pieces', () => {
  const relu = { name: 'relu', alpha: 0 } as const
  // A tent over −1 … 1, 0 on both sides of it.
  const layers: PlainLayer[] = [
    {
      weight: [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      bias: [1, 0, -1],
      activation: relu,
    },
    { weight: [[1, -2, 1]], bias: null, activation: { name: 'identity', alpha: 0 } },
  ]
  const plane = { origin: [0, 0], u: [1, 0], v: [0, 1] }
  const partition = new PlanePartition(oraclePartition(layers, plane, [-3, 3]).parts)
  expect(partition.regions).toBe(4)
  const { count, of } = partition.affineMaps()
  expect([count, partition.affinePieces().count]).toEqual([3, 4])
  const at = (s: number) => partition.at(s, 0)!.index
  expect(of[at(-2)]).toBe(of[at(2)])
  expect(new Set([-2, -0.5, 0.5].map((s) => of[at(s)])).size).toBe(3)
})

test('regions are numbered from 0', () => {
  const layers: PlainLayer[] = [{ weight: [[1, 0]], bias: null, activation: { name: 'relu', alpha: 0 } }]
  const plane = { origin: [0, 0], u: [1, 0], v: [0, 1] }
  const partition = new PlanePartition(oraclePartition(layers, plane, [-1, 1]).parts)
  expect([...partition].map(({ index }) => index)).toEqual([0, 1])
  for (const index of [-1, 2, 0.5])
    expect(() => partition.region(index)).toThrow(
      `PlanePartition.region: expected a number below 2, got ${index}`,
    )
})
