import { init, key } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { stacks } from './kind-cases.ts'
import {
  faultsAgainstOracle,
  faultsOfCut,
  faultsOfInvariants,
  faultsOfRewritings,
  oraclePartitioner,
  type Partitioner,
} from './plane-checks.ts'
import { denseScene, type PlaneScene, stackScene } from './plane-scenes.ts'

beforeAll(() => init())

const scenes = (): PlaneScene[] => [
  ...['pooling of the input itself', 'maxout twice', 'maxout of dense units'].map((name) =>
    stackScene(name, true, 1),
  ),
  ...Array.from({ length: 10 }, (_, seed) => denseScene(seed, seed % 2 === 0)),
]

const checks: Record<string, (scene: PlaneScene, partitioner: Partitioner) => string[]> = {
  'of a partition against the oracle': faultsAgainstOracle,
  'of invariants': (scene, partitioner) => faultsOfInvariants(scene, partitioner, drawer(scene.name)),
  'of cuts': (scene, partitioner) => faultsOfCut(scene, partitioner, 0.37),
  'of rewritings': faultsOfRewritings,
}

function drawer(seed: string): () => number {
  const numbers = key(seed).uniformArray(200)
  let at = 0
  return () => numbers[at++]
}

describe.each(Object.entries(checks))('checks %s', (_, check) => {
  it('find nothing wrong with exact arithmetic', () => {
    for (const scene of scenes()) expect(check(scene, oraclePartitioner), scene.name).toEqual([])
  })

  it('find a region that is missing', () => {
    const withoutOne: Partitioner = (scene, window, level) => {
      const whole = oraclePartitioner(scene, window, level)
      const isWhole =
        window.s[1] - window.s[0] === scene.window[1] - scene.window[0] && window.t[0] === scene.window[0]
      const isRewritten = !scenes().some(
        ({ layers }) => JSON.stringify(layers) === JSON.stringify(scene.layers),
      )
      return isWhole && window.t[1] === scene.window[1] && !isRewritten
        ? { ...whole, regions: whole.regions - 1, faces: whole.faces - 1 }
        : whole
    }
    const scene = scenes()[4]
    expect(check(scene, withoutOne)).not.toEqual([])
  })
})

it('scenes of every kind are windows of some regions', () => {
  for (const name of Object.keys(stacks)) {
    const scene = stackScene(name, true, 3)
    const { regions } = oraclePartitioner(scene, { s: [...scene.window], t: [...scene.window] })
    expect(regions, name).toBeGreaterThan(3)
  }
})
