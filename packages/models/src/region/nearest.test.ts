import { init, key, tensor } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, expect, it } from 'vitest'
import { RegionCode } from './code.ts'
import { RegionIndex } from './nearest.ts'

beforeAll(() => init())

const aGroup = fc.record({ units: fc.integer({ min: 1, max: 70 }), states: fc.integer({ min: 2, max: 9 }) })

/** Random codes of a partition that need no network. */
function codesOf(owner: RegionCode['owner'], name: string, count: number): RegionCode {
  const states = owner.groups.flatMap((group) => new Array<number>(group.units).fill(group.states))
  const drawn = key(name).uniformArray(count * states.length)
  // Few different rows, so that some regions are the same.
  const rows = Int32Array.from(drawn, (u, i) => Math.floor(u ** 3 * states[i % states.length]))
  return RegionCode.ofStates(owner, tensor(rows, { shape: [count, states.length] }))
}

it('finds what comparing every pair finds, whatever numbers of states units have', () => {
  fc.assert(
    fc.property(fc.array(aGroup, { minLength: 1, maxLength: 4 }), fc.nat(), (groups, seed) => {
      const owners = [
        { name: 'first', groups },
        { name: 'second', groups: groups.slice(1) },
      ]
      const seen = owners.map((owner, i) => codesOf(owner, `seen ${seed} ${i}`, 20))
      const asked = owners.map((owner, i) => codesOf(owner, `asked ${seed} ${i}`, 6))
      const { differing, sample } = new RegionIndex(seen).nearest(asked)
      for (let n = 0; n < 6; n++) {
        const one = tensor(new Int32Array(20).fill(n))
        const [a, b] = asked.map((code, i) => code.gather(one).differing(seen[i]).dataSync())
        const all = Array.from(a, (value, m) => value + b[m])
        expect(differing[n]).toBe(Math.min(...all))
        expect(sample[n]).toBe(all.indexOf(differing[n]))
      }
    }),
    { numRuns: 60 },
  )
})

it('knows each region once and names its first sample', () => {
  const owner = { name: 'pool', groups: [{ units: 2, states: 4 }] }
  const states = tensor(
    [
      [3, 1],
      [0, 2],
      [3, 1],
    ],
    { dtype: 'int32' },
  )
  const index = new RegionIndex([RegionCode.ofStates(owner, states)])
  expect(index.regions).toBe(2)
  const asked = tensor(
    [
      [0, 2],
      [3, 2],
      [1, 1],
    ],
    { dtype: 'int32' },
  )
  const { differing, sample } = index.nearest([RegionCode.ofStates(owner, asked)])
  expect([...differing]).toEqual([0, 1, 1])
  expect([...sample]).toEqual([1, 0, 0])
})
