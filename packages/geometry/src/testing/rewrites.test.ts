import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { stacks } from './kind-cases.ts'
import type { PlainLayer } from './plain-layers.ts'
import { plainCode } from './plain-network.ts'
import { denseScene, stackScene } from './plane-scenes.ts'
import { expectSameRegions } from './rewrite-laws.ts'
import { reluAsMaxout, rewritings } from './rewrites.ts'

beforeAll(() => init())

const small = Object.keys(stacks).filter((name) => stacks[name].inputs <= 12)

const scenes = () => [
  ...small.map((name) => stackScene(name, true, 1)),
  stackScene('maxout of dense units', false, 2),
  ...Array.from({ length: 6 }, (_, seed) => denseScene(seed, seed % 2 === 0)),
]

describe.each(Object.entries(rewritings))('%s', (_, rewrite) => {
  it('are the same partition, region by region', () => {
    expectSameRegions(scenes(), rewrite)
  })

  it('write some of these networks otherwise', () => {
    const all = [...scenes(), ...Object.keys(stacks).map((name) => stackScene(name, true, 1))]
    const written = all.filter(
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
