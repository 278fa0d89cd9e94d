import {
  absActivation,
  identityActivation,
  init,
  key,
  leakyReluActivation,
  reluActivation,
  tensor,
} from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf } from '../testing/plain-network.ts'
import { unitUsage } from './unit-usage.ts'

beforeAll(() => init())

const float64 = (values: number[][]) => tensor(values, { dtype: 'float64' })

describe.each(Object.keys(stacks))('of %s', (name) => {
  it('states are counted as the codes have them, group by group', () => {
    const net = networkOf(randomStack(name, true))
    const code = net.regionCode(key('x').normal([25, net.inputs], 'float64'))
    const states = code.states().toArray() as number[][]
    let unit = 0
    const usage = unitUsage(net, code)
    expect(usage.length).toBe(net.groups.length)
    usage.forEach((group, g) => {
      expect(group).toMatchObject(net.groups[g])
      for (let u = 0; u < group.units; u++, unit++) {
        const own = states.map((row) => row[unit])
        const counts = Array.from(
          { length: group.states },
          (_, s) => own.filter((state) => state === s).length,
        )
        expect([...group.counts.subarray(u * group.states, (u + 1) * group.states)]).toEqual(counts)
        expect(group.settled.filter((entry) => entry.unit === u).map(({ state }) => state)).toEqual(
          counts.flatMap((count, s) => (count === 25 ? [s] : [])),
        )
        const never = group.neverTaken.filter((entry) => entry.unit === u).map(({ state }) => state)
        expect(counts.flatMap((count, s) => (count === 0 ? [s] : []))).toEqual(expect.arrayContaining(never))
      }
    })
  })
})

it('only what gives 0 in state 0 dies there', () => {
  const weight = [[1], [-1], [0.5]]
  const of = (activation: typeof reluActivation) => {
    const net = networkOf([{ weight, bias: [0, 0, -1], activation }])
    return unitUsage(net, net.regionCode(float64([[1], [3]])))[0]
  }
  expect(of(reluActivation)).toMatchObject({ dead: [1], alwaysOn: [0] })
  expect(of(leakyReluActivation(0))).toMatchObject({ dead: [1], alwaysOn: [0] })
  for (const activation of [leakyReluActivation(0.1), absActivation]) {
    expect(of(activation)).toMatchObject({
      dead: [],
      alwaysOn: [0],
      settled: [
        { unit: 0, state: 1 },
        { unit: 1, state: 0 },
      ],
      neverTaken: [
        { unit: 0, state: 0 },
        { unit: 1, state: 1 },
      ],
    })
  }
})

it('of max units, pieces that never or always win are named', () => {
  const net = networkOf([
    {
      kind: 'maxout',
      weight: [
        [[1], [-1], [0]],
        [[0], [1], [2]],
      ],
      bias: [
        [0, 0, -9],
        [5, 0, 0],
      ],
    },
  ])
  const [usage] = unitUsage(net, net.regionCode(float64([[1], [-1], [2]])))
  expect([...usage.counts]).toEqual([2, 1, 0, 3, 0, 0])
  expect(usage).toMatchObject({
    dead: [],
    alwaysOn: [],
    settled: [{ unit: 1, state: 0 }],
    neverTaken: [
      { unit: 0, state: 2 },
      { unit: 1, state: 1 },
      { unit: 1, state: 2 },
    ],
  })
})

it('a place in the padding is not said never to win, for it cannot', () => {
  const net = networkOf([
    { kind: 'maxPool', inputs: [1, 1, 2], size: [1, 2], stride: [1, 2], padding: [0, 1] },
  ])
  const [usage] = unitUsage(net, net.regionCode(tensor([[1, 2]])))
  expect(usage.neverTaken).toEqual([])
  expect(usage.settled).toEqual([
    { unit: 0, state: 1 },
    { unit: 1, state: 0 },
  ])
})

it('without samples nothing is settled, and a network without states has no groups', () => {
  const net = networkOf([{ weight: [[1]], bias: null, activation: reluActivation }])
  const none = net.regionCode(tensor(new Float64Array(0), { shape: [0, 1] }))
  expect(unitUsage(net, none)).toMatchObject([{ dead: [], alwaysOn: [], settled: [] }])
  const affine = networkOf([{ weight: [[1]], bias: null, activation: identityActivation }])
  expect(unitUsage(affine, affine.regionCode(float64([[1]])))).toEqual([])
  expect(() => unitUsage(affine, none)).toThrow(
    "unitUsage: expected a code of 'network', got one of another network, 'network'",
  )
})
