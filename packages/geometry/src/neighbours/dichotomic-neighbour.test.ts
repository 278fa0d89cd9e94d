import { readdirSync, readFileSync } from 'node:fs'
import {
  absActivation,
  identityActivation,
  init,
  leakyReluActivation,
  reluActivation,
  tensor,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { exactNeighbour } from '../rays/exact-neighbour.ts'
import { networkOf, type PlainDense, plainCode, plainLayers } from '../testing/plain-network.ts'
import { normalRows, randomNetwork, rayCases } from '../testing/ray-cases.ts'
import { traceRay } from '../testing/ray-oracle.ts'
import { dichotomicNeighbour } from './dichotomic-neighbour.ts'

beforeAll(() => init())

const float64 = (values: number[][]) => tensor(values, { dtype: 'float64' })
const line = (bias: number): PlainDense[] => [{ weight: [[1]], bias: [bias], activation: reluActivation }]

interface Golden {
  readonly name: string
  readonly spec: { readonly alpha: number; readonly dec_acts: readonly string[] }
  readonly dec: readonly { readonly W: number[][]; readonly b: number[] | null }[]
  readonly expect: {
    readonly dichotomic: { readonly theta: number[][]; readonly start: number[][] } & Record<
      `steps_${number}`,
      GoldenSteps
    >
  }
}

interface GoldenSteps {
  readonly neighbour: number[][]
  readonly found: boolean[]
  readonly code: number[][]
}

const folder = new URL('../fixtures/', import.meta.url)
const goldens = readdirSync(folder)
  .filter((file) => /^\d.*\.json$/.test(file))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Golden)

function goldenDecoder({ spec, dec }: Golden) {
  const activations: Record<string, PlainDense['activation']> = {
    identity: identityActivation,
    relu: reluActivation,
    abs: absActivation,
    leaky: leakyReluActivation(spec.alpha),
  }
  return networkOf(
    dec.map(({ W, b }, l) => ({ weight: W, bias: b, activation: activations[spec.dec_acts[l]] })),
  )
}

describe.each(goldens)('dichotomicNeighbour, golden numbers of $name', (golden) => {
  const { theta, start } = golden.expect.dichotomic

  it.each([1, 5, 20, 40])('agrees after %i bisections', (bisections) => {
    const expected = golden.expect.dichotomic[`steps_${bisections}`]
    const { point, found, code } = dichotomicNeighbour(
      goldenDecoder(golden),
      float64(theta),
      float64(start),
      {
        doublings: 0,
        bisections,
      },
    )
    const off = (point.toArray() as number[][])
      .flat()
      .map((x, i) => Math.abs(x - expected.neighbour.flat()[i]))
    expect(Math.max(...off)).toBeLessThan(1e-10)
    expect(found.toArray()).toEqual(expected.found.map(Number))
    expect(code.states().toArray()).toEqual(expected.code)
  })
})

describe.each(rayCases())('dichotomicNeighbour, $name', (rayCase) => {
  const RAYS = 60
  const BISECTIONS = 40
  const theta = () => normalRows(`${rayCase.name} from`, RAYS, 2)
  const near = (from: number[][]) =>
    normalRows(`${rayCase.name} second`, RAYS, 2).map((row, n) => row.map((x, i) => from[n][i] + x / 4))

  it('brackets the first wall and lands behind it', () => {
    const net = randomNetwork(rayCase)
    const layers = plainLayers(net)
    const from = theta()
    const second = near(from)
    const { point, found, code } = dichotomicNeighbour(net, float64(from), float64(second), {
      bisections: BISECTIONS,
    })
    const points = point.toArray() as number[][]
    const flags = found.toArray() as number[]
    const codes = code.states().toArray() as number[][]
    from.forEach((x, n) => {
      const direction = second[n].map((value, i) => value - x[i])
      const truth = traceRay(layers, x, direction)
      expect(flags[n]).toBe(Number(truth.t < 64))
      expect(plainCode(layers, points[n])).toBe(codes[n].join(''))
      if (flags[n] === 0) {
        expect(points[n]).toEqual(second[n])
        expect(codes[n].join('')).toBe(truth.home)
        return
      }
      expect(codes[n].join('')).not.toBe(truth.home)
      const axis = Math.abs(direction[0]) > Math.abs(direction[1]) ? 0 : 1
      const t = (points[n][axis] - x[axis]) / direction[axis]
      expect(t).toBeGreaterThan(truth.t * (1 - 1e-12))
      expect(t - truth.t).toBeLessThan(64 * 2 ** -BISECTIONS + 1e-12)
      if (truth.next - truth.t > 1e-6) expect(codes[n].join('')).toBe(truth.code)
    })
    expect(flags.filter((flag) => flag === 1).length).toBeGreaterThan(RAYS / 3)
  })

  it('finds the region that the exact search finds', () => {
    const net = randomNetwork(rayCase)
    const from = theta()
    const second = near(from)
    const directions = second.map((row, n) => row.map((x, i) => x - from[n][i]))
    const searched = dichotomicNeighbour(net, float64(from), float64(second), { bisections: BISECTIONS })
    const exact = exactNeighbour(net, float64(from), float64(directions))
    const met = searched.found.toArray() as number[]
    const same = searched.code.equals(exact.code).toArray() as number[]
    expect(met.filter((flag, n) => flag === 1 && same[n] === 0)).toEqual([])
  })
})

describe('dichotomicNeighbour', () => {
  it('doubles the distance of a start in the own region until it is outside, and no further', () => {
    const net = networkOf(line(-10))
    const search = (doublings: number) =>
      dichotomicNeighbour(net, float64([[0]]), float64([[1]]), { doublings, bisections: 0 })
    expect(search(3).found.toArray()).toEqual([0])
    expect(search(3).point.toArray()).toEqual([[1]])
    expect(search(4).found.toArray()).toEqual([1])
    expect(search(4).point.toArray()).toEqual([[16]])
    expect(search(6).point.toArray()).toEqual([[16]])
    expect(search(6).code.states().toArray()).toEqual([[1]])
  })

  it('doubles six times and halves twenty times unless told otherwise', () => {
    const reach = (wall: number) =>
      dichotomicNeighbour(networkOf(line(-wall)), float64([[0]]), float64([[1]]))
    expect(reach(63).found.toArray()).toEqual([1])
    expect(reach(65).found.toArray()).toEqual([0])
    const [[point]] = reach(63).point.toArray() as number[][]
    expect(point - 63).toBeGreaterThan(0)
    expect(point - 63).toBeLessThanOrEqual(64 * 2 ** -20)
  })

  it('treats each row by itself', () => {
    const { found, point } = dichotomicNeighbour(
      networkOf(line(-1)),
      float64([[0], [0], [0]]),
      float64([[2], [-1], [0]]),
    )
    expect(found.toArray()).toEqual([1, 0, 0])
    expect((point.toArray() as number[][])[0][0]).toBeCloseTo(1, 5)
    expect((point.toArray() as number[][]).slice(1)).toEqual([[-1], [0]])
  })

  it('says what it expects', () => {
    const net = networkOf(line(-1))
    expect(() => dichotomicNeighbour(net, float64([[0, 1]]), float64([[0, 1]]))).toThrow(
      'dichotomicNeighbour: expected theta float64 [N, 1], got float64 [1, 2]',
    )
    expect(() => dichotomicNeighbour(net, float64([[0]]), float64([[0], [1]]))).toThrow(
      'theta and start of one shape',
    )
    expect(() => dichotomicNeighbour(net, float64([[0]]), float64([[1]]), { bisections: 1.5 })).toThrow(
      'dichotomicNeighbour: bisections: expected an integer of at least 0, got 1.5',
    )
    expect(() => dichotomicNeighbour(net, float64([[0]]), float64([[1]]), { steps: 3 } as object)).toThrow(
      "dichotomicNeighbour: unknown option 'steps'; Known: doublings, bisections",
    )
    expect(() => dichotomicNeighbour(net, [[0]] as never, float64([[1]]))).toThrow('got an array of 1')
  })
})
