import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { trials } from '../../../../tests/trials.ts'
import { stacks } from '../testing/kind-cases.ts'
import { faultsOfAll, planeLaws } from '../testing/plane-laws.ts'
import { planePartitioner } from '../testing/plane-partitioner.ts'
import { denseScene, stackScene } from '../testing/plane-scenes.ts'

beforeAll(() => init())

const seeds = (count: number) => Array.from({ length: trials(count) }, (_, i) => 1000 + i)

// Of images a network takes several times as long.
const countOf = (name: string) => (stacks[name].inputs > 12 ? 60 : 100)

describe.each(Object.entries(planeLaws))('of thousands of networks: %s', (_, law) => {
  it('for dense networks', { timeout: 1_800_000 }, () => {
    const scenes = seeds(600).flatMap((seed) => [denseScene(seed, false), denseScene(seed, true)])
    expect(faultsOfAll(scenes, planePartitioner, law)).toEqual([])
  })

  it.each(Object.keys(stacks))('for %s', { timeout: 1_800_000 }, (name) => {
    const scenes = seeds(countOf(name)).map((seed) => stackScene(name, seed % 3 !== 0, seed))
    expect(faultsOfAll(scenes, planePartitioner, law)).toEqual([])
  })
})
