import { expect, it } from 'vitest'
import type { Clock, Prepared } from '../../src/contenders/contender.ts'
import type { MatmulWork } from '../../src/work/work.ts'
import { finishing } from './finished.ts'

const work: MatmulWork = { kind: 'matmul', m: 1, k: 1, n: 1, layout: 'nn' }

/** What happens, in order, when two repetitions of a clock are timed. */
async function happens(clockOf: (events: string[]) => Clock): Promise<string[]> {
  const events: string[] = []
  const prepared: Prepared = {
    entries: [{ result: async () => [], clock: clockOf(events) }],
    release: () => {},
  }
  const session = finishing(
    { version: '', vectors: '', prepare: { matmul: async () => prepared }, close: () => {} },
    async () => void events.push('finish'),
  )
  const { entries } = await session.prepare.matmul!(work, {})
  const { clock } = entries[0]
  if (clock.kind !== 'own') throw new Error(`expected its own clock, got ${clock.kind}`)
  expect(await clock.seconds(2)).toBeGreaterThanOrEqual(0)
  return events
}

it('waits for the device before the first repetition and after the last, not in between', async () => {
  const events = await happens((seen) => ({ kind: 'synchronous', run: () => void seen.push('run') }))
  expect(events).toEqual(['finish', 'run', 'run', 'finish'])
})

it('waits for work that is a promise before it begins anew', async () => {
  const events = await happens((seen) => ({
    kind: 'deferred',
    async run() {
      seen.push('begin')
      await new Promise((resolve) => setTimeout(resolve, 1))
      seen.push('end')
    },
  }))
  expect(events).toEqual(['finish', 'begin', 'end', 'begin', 'end', 'finish'])
})

it('leaves a loop that runs elsewhere alone', async () => {
  const events = await happens((seen) => ({
    kind: 'own',
    async seconds(repetitions) {
      seen.push(`elsewhere ${repetitions}`)
      return 1
    },
  }))
  expect(events).toEqual(['elsewhere 2'])
})
