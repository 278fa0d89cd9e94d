import { expect, test } from 'vitest'
import type { CardFacts } from '../work/messages.ts'
import { Announcer, type Said } from './summary-announcing.ts'

const quiet: Said = { isRunning: false, selected: null, card: null, problem: null }
const at = { plane: 'input', s: 1, t: 2 } as const
const card = (place: CardFacts['at']): CardFacts => ({
  at: place,
  hash: [0xabcdef12, 0],
  code: [],
  A: Float64Array.of(1),
  b: Float64Array.of(0),
  singularValues: [1],
  rank: 1,
  unionOf: null,
  area: 1,
  neighbours: [],
  samples: [],
  largestError: null,
})

test('nothing is said while training goes on, and the summary once when it ends', () => {
  const announcer = new Announcer()
  const running = { ...quiet, isRunning: true }
  expect([running, running, running].map((now, i) => announcer.hear(now, `step ${i}`))).toEqual([
    null,
    null,
    null,
  ])
  expect(announcer.hear(quiet, 'step 3')).toBe('step 3')
  expect(announcer.hear(quiet, 'step 3, drawn again')).toBeNull()
})

test('a selected region is told once, when its card has come', () => {
  const announcer = new Announcer()
  expect(announcer.hear({ ...quiet, selected: at }, '')).toBeNull()
  expect(announcer.hear({ ...quiet, selected: at, card: card({ ...at, s: 9 }) }, '')).toBeNull()
  const there = { ...quiet, selected: { ...at }, card: card(at) }
  expect(announcer.hear(there, '')).toMatch(/^Region abcdef at \(1, 2\)/)
  expect(announcer.hear({ ...there, card: card(at) }, '')).toBeNull()
})

test('a problem comes first, once', () => {
  const announcer = new Announcer()
  announcer.hear({ ...quiet, isRunning: true }, '')
  const failed = { ...quiet, problem: 'The loss is not finite.' }
  expect(announcer.hear(failed, 'summary')).toBe('The loss is not finite.')
  expect(announcer.hear(failed, 'summary')).toBeNull()
})
