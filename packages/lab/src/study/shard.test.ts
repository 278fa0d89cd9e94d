import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tasksOf } from './shard.ts'
import { keyOf, type Planned } from './study.ts'

const planOf = (costs: readonly number[]): Planned[] =>
  costs.map((cost, number) => ({ kind: 'case', task: { number }, group: '', cost }))

const shardsOf = (plan: readonly Planned[], count: number) =>
  Array.from({ length: count }, (_, index) => tasksOf(plan, { index, count }))

it('every task is of one shard, in the order of the plan, whatever the costs and the number of shards', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5 })), fc.integer({ min: 1, max: 12 }), (costs, count) => {
      const plan = planOf(costs)
      const shards = shardsOf(plan, count)
      expect(shards.flat().map(keyOf).sort()).toEqual(plan.map(keyOf).sort())
      for (const tasks of shards) expect(tasks).toEqual(plan.filter((task) => tasks.includes(task)))
      const sums = shards.map((tasks) => tasks.reduce((sum, { cost }) => sum + cost, 0))
      // The dearest had the least before its last task came.
      expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(Math.max(0, ...costs))
    }),
  )
})

it('the expensive tasks are spread: each goes to the shard that has least so far', () => {
  const costs = shardsOf(planOf([1, 8, 3, 2, 5, 4]), 2).map((tasks) => tasks.map(({ cost }) => cost))
  expect(costs).toEqual([
    [1, 8, 3],
    [2, 5, 4],
  ])
})

it('tasks of the same cost, of none as well, are dealt out in turn', () => {
  for (const cost of [0, 1]) {
    const tasks = shardsOf(planOf(Array(5).fill(cost)), 2)[0].map(({ task }) => task)
    expect(tasks).toEqual([{ number: 0 }, { number: 2 }, { number: 4 }])
  }
})
