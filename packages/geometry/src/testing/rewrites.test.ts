import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { stacks } from './kind-cases.ts'
import type { PlainLayer } from './plain-layers.ts'
import { plainCode } from './plain-network.ts'
import { planeOracle } from './plane-oracle.ts'
import { denseScene, type PlaneScene, stackScene } from './plane-scenes.ts'
import { reluAsMaxout, rewritings } from './rewrites.ts'

beforeAll(() => init())

/** Regions by codes of the network as it was: corners exactly. */
function regionsOf(
  { plane, window }: PlaneScene,
  layers: readonly PlainLayer[],
  back = (code: readonly number[]) => [...code],
) {
  const { regions } = planeOracle(layers, plane, window)
  return new Map(
    regions.map(({ code, corners }) => [
      back(code).join(),
      corners
        .map(({ x, y, w }) => `${x} ${y} ${w}`)
        .sort()
        .join(),
    ]),
  )
}

const scenes = () => [
  ...Object.keys(stacks).map((name) => stackScene(name, true, 1)),
  stackScene('maxout of dense units', false, 2),
  ...Array.from({ length: 12 }, (_, seed) => denseScene(seed, seed % 2 === 0)),
]

describe.each(Object.entries(rewritings))('%s', (_, rewrite) => {
  it('are the same partition, region by region', () => {
    for (const scene of scenes()) {
      const { layers, back } = rewrite(scene.layers)
      expect(regionsOf(scene, layers, back), scene.name).toEqual(regionsOf(scene, scene.layers))
    }
  })

  it('write some of these networks otherwise', () => {
    const written = scenes().filter(
      ({ layers }) => JSON.stringify(rewrite(layers).layers) !== JSON.stringify(layers),
    )
    expect(written.length).toBeGreaterThan(2)
  })
})

it('with p before 0 the state of a unit that is 0 on a whole region is the other', () => {
  const layers: PlainLayer[] = [{ weight: [[1], [0]], bias: [0, 0], activation: { name: 'relu', alpha: 0 } }]
  const { layers: written, back } = reluAsMaxout(layers, false)
  expect(plainCode(layers, [1])).toBe('10')
  expect(back(plainCode(written, [1]).split('').map(Number))).toEqual([1, 1])
})
