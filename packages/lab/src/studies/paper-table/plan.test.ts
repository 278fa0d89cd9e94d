import { expect, it } from 'vitest'
import { paperRow } from './paper-table.ts'
import { planReproduce, planYardsticks } from './plan.ts'
import { settings, sizes } from './testing/made-up-report.ts'

const all = { CBF: sizes, SyntheticControl: sizes }

it('plans a job for every set, model, candidate and run', () => {
  const jobs = planReproduce(settings, all)
  // Per set: five models with one candidate and one more for the first-order model, two runs each.
  expect(jobs).toHaveLength(2 * 6 * 2)
  expect(new Set(jobs.map(({ label }) => label)).size).toBe(jobs.length)
  expect(jobs[0].label).toBe('CBF · AE · run 1')
  expect(jobs[7].label).toBe('CBF · Lie 1st · λ 0.01 · run 2')
  expect(planYardsticks(settings, all).map(({ task }) => task.set)).toEqual(['CBF', 'SyntheticControl'])
})

it("has the paper's figures under the archive's names", () => {
  expect(paperRow('CBF').lieGroupFirstOrder).toEqual({ mean: 43.99, std: 1.2 })
  expect(paperRow('InsectWingbeatSound')).toEqual(paperRow('InsectSounds'))
  expect(paperRow('CIFAR10').higherOrderContractive).toBeUndefined()
  expect(paperRow('Coffee')).toEqual({})
})
