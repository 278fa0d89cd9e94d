import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { stacks } from '../testing/kind-cases.ts'
import { faultsOfAll, planeLaws } from '../testing/plane-laws.ts'
import { planePartitioner } from '../testing/plane-partitioner.ts'
import { denseScene, stackScene } from '../testing/plane-scenes.ts'

beforeAll(() => init())

const seeds = (count: number) => Array.from({ length: count }, (_, seed) => seed)

describe.each(Object.entries(planeLaws))('of a partition of a plane: %s', (_, law) => {
  it('for dense networks of normal numbers', () => {
    expect(
      faultsOfAll(
        seeds(12).map((seed) => denseScene(seed, false)),
        planePartitioner,
        law,
      ),
    ).toEqual([])
  })

  it('for dense networks of small integers, whose walls coincide and meet', () => {
    expect(
      faultsOfAll(
        seeds(12).map((seed) => denseScene(seed, true)),
        planePartitioner,
        law,
      ),
    ).toEqual([])
  })

  it.each(Object.keys(stacks))('for %s', (name) => {
    const scenes = [0, 1].map((seed) => stackScene(name, seed === 0, seed))
    expect(faultsOfAll(scenes, planePartitioner, law)).toEqual([])
  })
})
