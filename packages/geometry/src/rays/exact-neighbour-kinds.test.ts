import { init, key } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { layerMaker, randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf, type PlainLayer } from '../testing/plain-network.ts'
import { type ComparedRay, faultsOf, neighboursOf, normalRows } from '../testing/ray-cases.ts'
import { traceRay } from '../testing/ray-oracle.ts'

beforeAll(() => init())

type DType = 'float32' | 'float64'

/** What the engine says of rays of a network of any kinds, beside what plain loops say. */
function compare(
  layers: readonly PlainLayer[],
  theta: number[][],
  direction: number[][],
  dtype: DType = 'float64',
): ComparedRay[] {
  return neighboursOf(networkOf(layers, dtype), theta, direction).map((result, n) => ({
    result,
    truth: traceRay(layers, theta[n], direction[n]),
  }))
}

const cases = Object.keys(stacks).flatMap((name) =>
  [true, false].map((isBiased) => [name, isBiased] as const),
)

describe.each(cases)('exactNeighbour, %s, bias %o', (name, isBiased) => {
  const RAYS = 150
  const { inputs } = stacks[name]
  const rows = (what: string, dtype: DType = 'float64') => normalRows(`${name} ${what}`, RAYS, inputs, dtype)

  it('is the true region behind the first wall', () => {
    const rays = compare(randomStack(name, isBiased), rows('from'), rows('to'))
    expect(faultsOf(rays)).toEqual([])
    expect(rays.filter(({ result }) => result.found).length).toBeGreaterThan(RAYS / 2)
  })

  it('is the region opposite, through the origin', () => {
    const theta = rows('through 0')
    const back = theta.map((row, n) => row.map((x) => -x * (0.3 + n / 7)))
    const rays = compare(randomStack(name, isBiased), theta, back)
    expect(faultsOf(rays)).toEqual([])
  })

  it('holds in float32 wherever the walls are further apart than float32 can tell', () => {
    const layers = randomStack(name, isBiased)
    const rounded = JSON.parse(JSON.stringify(layers), (_, x) => (typeof x === 'number' ? Math.fround(x) : x))
    const rays = compare(rounded, rows('from', 'float32'), rows('to', 'float32'), 'float32')
    const clear = rays.filter(({ truth: { t, next } }) => t === Infinity || next - t > 1e-4 * (1 + t))
    expect(faultsOf(clear, 1e-3)).toEqual([])
    expect(clear.length).toBeGreaterThan(0.9 * RAYS)
  })
})

describe.each(Object.keys(stacks))('exactNeighbour, %s of small integers', (name) => {
  it('is right on starts in corners, walls that coincide, ties and units that are switched off', () => {
    let onWall = 0
    let several = 0
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, isBiased) => {
        const numbers = key(seed).uniformArray(4096)
        let at = 0
        const draw = () => Math.floor(numbers[at++] * 5) - 2
        const layers = stacks[name].make(layerMaker(draw, isBiased))
        const rows = () => Array.from({ length: 10 }, () => Array.from({ length: stacks[name].inputs }, draw))
        const rays = compare(layers, rows(), rows())
        expect(faultsOf(rays)).toEqual([])
        onWall += rays.filter(({ result }) => result.t === 0).length
        several += rays.filter(({ result, truth }) => differing(result.code, truth.home) > 1).length
      }),
      { numRuns: 25 },
    )
    // Of 250 rays; so few that maxout twice, with 15 to 30 of each, has them whatever is drawn.
    expect(onWall).toBeGreaterThan(5)
    expect(several).toBeGreaterThan(5)
  }, 60_000)
})

function differing(a: string, b: string): number {
  return [...a].filter((state, u) => state !== b[u]).length
}
