import { init } from '@facet/tensor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ownKinds } from '../testing/own-kinds.ts'
import { randomKinds, randomNetworks, seeds } from '../testing/random-layers.ts'
import { randomPoints } from '../testing/random-models.ts'
import { kindsWith, layerKinds } from './kinds.ts'
import { laws } from './laws.ts'

const backends = ['wasm', 'reference'] as const
const runs = { wasm: 20, reference: 6 }

/** Points of a batch. */
const N = 3

test('every row of the table of kinds has random layers that are tried', () => {
  expect(randomKinds.map(({ kind }) => kind).sort()).toEqual(layerKinds.map(({ kind }) => kind).sort())
})

const own = ownKinds.map(({ row, network }) => [`${row.kind}, a kind of one's own`, network] as const)

const kinds = kindsWith(
  'laws',
  ownKinds.map(({ row }) => row),
)

describe.each(backends)('on %s', (backend) => {
  describe.each([...randomNetworks, ...own])('%s', (_, draw) => {
    test.each(laws.map(({ name, holds }) => [name, holds] as const))('%s', async (_, holds) => {
      await init({ backend })
      const check = fc.property(seeds, (seed) => {
        const net = draw(seed)
        holds(net, randomPoints(seed, N, net.inputs), seed, kinds)
      })
      expect(() => fc.assert(check, { numRuns: runs[backend] })).not.toThrow()
    })
  })
})
