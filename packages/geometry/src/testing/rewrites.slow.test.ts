import { init } from '@facet/tensor'
import { beforeAll, describe, it } from 'vitest'
import { stacks } from './kind-cases.ts'
import { denseScene, stackScene } from './plane-scenes.ts'
import { expectSameRegions } from './rewrite-laws.ts'
import { rewritings } from './rewrites.ts'

beforeAll(() => init())

describe.each(Object.entries(rewritings))('%s', (_, rewrite) => {
  it.each(Object.keys(stacks))('are the same partition for %s, with and without biases', (name) =>
    expectSameRegions([stackScene(name, true, 1), stackScene(name, false, 2)], rewrite),
  )

  it('are the same partition for dense networks', () =>
    expectSameRegions(
      Array.from({ length: 30 }, (_, seed) => denseScene(seed, seed % 2 === 0)),
      rewrite,
    ))
})
