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
      const sizes = shards.map(({ length }) => length)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    }),
  )
})

it('the expensive tasks are spread: dealt forwards and backwards in turn', () => {
  const costs = shardsOf(planOf([1, 8, 3, 6, 5, 4, 7, 2]), 2).map((tasks) => tasks.map(({ cost }) => cost))
  expect(costs).toEqual([
    [1, 8, 5, 4],
    [3, 6, 7, 2],
  ])
})

it('tasks of the same cost are dealt in the order of the plan', () => {
  const tasks = shardsOf(planOf([1, 1, 1, 1, 1]), 2)[0].map(({ task }) => task)
  expect(tasks).toEqual([{ number: 0 }, { number: 3 }, { number: 4 }])
})
