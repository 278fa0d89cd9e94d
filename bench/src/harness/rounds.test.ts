import { expect, it } from 'vitest'
import type { Entry } from '../contenders/contender.ts'
import { timeInRounds } from './rounds.ts'

const options = { rounds: 8, blockSeconds: 0.01, warmUpSeconds: 0.01, seed: 'test' }

/** An entry that takes `period` seconds, and notes when its turn comes. */
const entry = (name: string, period: number, turns: string[]): Entry => ({
  result: async () => [],
  activate: async () => void turns.push(name),
  clock: { kind: 'own', seconds: async (repetitions) => repetitions * period },
})

it('gives every entry one block a round, in an order that changes', async () => {
  const turns: string[] = []
  const seconds = await timeInRounds([entry('a', 0.001, turns), entry('b', 0.002, turns)], options)
  expect(seconds[0].every((s) => Math.abs(s! - 0.001) < 1e-12)).toBe(true)
  expect(seconds[1].every((s) => Math.abs(s! - 0.002) < 1e-12)).toBe(true)
  const [warmUp, ...rounds] = turns.join('').match(/../g)!
  expect(warmUp).toBe('ab')
  expect(new Set(rounds)).toEqual(new Set(['ab', 'ba']))
})

it('says which round begins', async () => {
  const begun: number[] = []
  await timeInRounds([entry('a', 0.001, [])], {
    ...options,
    rounds: 3,
    onRound: (round) => begun.push(round),
  })
  expect(begun).toEqual([0, 1, 2])
})

it('takes the same order for the same seed', async () => {
  const orderOf = async () => {
    const turns: string[] = []
    await timeInRounds(
      ['a', 'b', 'c'].map((name) => entry(name, 0.001, turns)),
      options,
    )
    return turns
  }
  expect(await orderOf()).toEqual(await orderOf())
})

it('lets an entry that is far slower sit out after five rounds', async () => {
  const [, slow] = await timeInRounds([entry('a', 0.001, []), entry('b', 0.2, [])], options)
  expect(slow.map((s) => s !== undefined)).toEqual([true, true, true, true, true, false, false, false])
})
