import { identityActivation, init, leakyReluActivation, reluActivation } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import { programOf } from '../program/program-of.ts'
import type { PlainLayer } from '../testing/plain-layers.ts'
import { networkOf } from '../testing/plain-network.ts'
import { LiveStates } from './live-states.ts'

beforeAll(() => init())

const layer = (weight: number[][], activation = reluActivation): PlainLayer => ({
  weight,
  bias: null,
  activation,
})
const liveOf = (layers: PlainLayer[]) => new LiveStates(programOf(networkOf(layers)))

test('a unit that only units in state 0 of a ReLU take from does not matter', () => {
  // Unit 0 goes into unit 2, unit 1 into units 2 and 3.
  const live = liveOf([
    layer([
      [1, 0],
      [0, 1],
    ]),
    layer([
      [1, 1],
      [0, 1],
    ]),
    layer([[1, 1]], identityActivation),
  ])
  expect(live.of([1, 1, 0, 1])).toBe(live.of([0, 1, 0, 1]))
  expect(live.of([1, 1, 1, 1])).not.toBe(live.of([0, 1, 1, 1]))
  expect(live.of([1, 1, 0, 0])).toBe(live.of([0, 0, 0, 0]))
  expect(live.of([1, 0, 0, 1])).not.toBe(live.of([1, 1, 0, 1]))
})

test('a unit matters where the one that takes from it leaks', () => {
  const live = liveOf([
    layer([[1, 0]]),
    layer([[1]], leakyReluActivation(0.5)),
    layer([[1]], identityActivation),
  ])
  expect(live.of([1, 0])).not.toBe(live.of([0, 0]))
  expect(live.of([1, 0])).not.toBe(live.of([1, 1]))
})

test('which of two units in state 0 wins does not matter, and no more what it wins against', () => {
  const live = liveOf([
    layer([
      [1, 0],
      [0, 1],
      [1, 1],
    ]),
    {
      kind: 'maxout',
      weight: [
        [
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ],
      ],
      bias: null,
    },
    layer([[1]], identityActivation),
  ])
  expect(live.of([0, 0, 0, 0])).toBe(live.of([0, 0, 0, 2]))
  expect(live.of([0, 0, 1, 2])).not.toBe(live.of([0, 0, 1, 0]))
  expect(live.of([1, 0, 1, 2])).toBe(live.of([0, 1, 1, 2]))
})

test('a residual block hands on what its inner layers do not', () => {
  const live = liveOf([
    layer([
      [1, 0],
      [0, 1],
    ]),
    {
      kind: 'residual',
      layers: [
        layer([
          [1, 0],
          [0, 1],
        ]),
      ],
      skip: null,
    },
    layer([[1, 0]], identityActivation),
  ])
  expect(live.of([1, 0, 0, 0])).not.toBe(live.of([0, 0, 0, 0]))
  expect(live.of([1, 0, 0, 0])).toBe(live.of([1, 1, 0, 1]))
})
