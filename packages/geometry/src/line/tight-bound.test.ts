import { init, reluActivation } from '@facet/tensor'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { ExactForms } from '../exact/exact-forms.ts'
import { programOf } from '../program/program-of.ts'
import { layerMaker, randomStack, stacks } from '../testing/kind-cases.ts'
import { networkOf, type PlainLayer } from '../testing/plain-network.ts'
import { lineProgramOf } from './line-program.ts'
import { SegmentWalk } from './segment-walk.ts'

beforeAll(() => init())

const walkOf = (layers: readonly PlainLayer[]) => new SegmentWalk(lineProgramOf(programOf(networkOf(layers))))

const point = (inputs: number, seed: number) =>
  Array.from({ length: inputs }, (_, i) => 2 * Math.sin(seed + 7 * i))

describe.each(Object.keys(stacks))('in %s', (name) => {
  it('walls are where the tight bounds of their margins say, on every region of a walk', () => {
    let [walls, loose, tight] = [0, 0, 0]
    for (let seed = 0; seed < 4; seed++) {
      const walk = walkOf(randomStack(name, true, seed))
      const { inputs } = stacks[name]
      walk.start(point(inputs, seed), point(inputs, seed + 100))
      for (let step = 0; step < 40 && walk.next() !== null; step++) {
        for (const choice of walk.choices)
          for (let wall = 0; wall < choice.lowest.length; wall += 3) {
            if (choice.roots[wall] !== undefined) continue
            if (!(choice.lowest[wall] > 0 && choice.highest[wall] < 1)) continue
            const before = choice.highest[wall] - choice.lowest[wall]
            choice.tighten(wall)
            const [low, high] = [choice.lowest[wall], choice.highest[wall]]
            choice.settle(wall)
            expect(choice.time[wall]).toBeGreaterThanOrEqual(low)
            expect(choice.time[wall]).toBeLessThanOrEqual(high)
            expect(high - low).toBeLessThanOrEqual(before)
            walls++
            loose += before
            tight += high - low
          }
      }
    }
    expect(walls).toBeGreaterThan(0)
    expect(tight / walls).toBeLessThanOrEqual(loose / walls)
  })
})

it('a wide and deep network is walked without rational arithmetic', () => {
  let drawn = 1
  // Uniform numbers of a fixed sequence (Lehmer), of the size that keeps values from layer to layer.
  const draw = () => {
    drawn = (drawn * 48271) % 2147483647
    return (drawn / 2147483647 - 0.5) * Math.sqrt(24 / 128)
  }
  const { dense } = layerMaker(draw, true)
  const layers = [
    dense(20, 128, reluActivation),
    ...Array.from({ length: 6 }, () => dense(128, 128, reluActivation)),
  ]
  const form = vi.spyOn(ExactForms.prototype, 'form')
  const walk = walkOf(layers)
  walk.start(point(20, 1), point(20, 2))
  let crossings = 0
  while (walk.next() !== null) crossings++
  expect(crossings).toBeGreaterThan(100)
  expect(form).not.toHaveBeenCalled()
  form.mockRestore()
})
