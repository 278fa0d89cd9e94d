import { expect, it } from 'vitest'
import { confirmed } from './confirm.ts'
import type { SuiteResult } from './report/results.ts'

const timing = (entry: string, period: number) => ({
  entry,
  title: entry,
  medianSeconds: period,
  seconds: [period, period, period],
  ratio: null,
})

/** One case whose time is `factor` times that before. */
const slowerBy = (factor: number) =>
  ({
    suite: 'overhead',
    cases: [
      { name: 'tiny', base: 'wasm', timings: [timing('wasm eager', factor), timing('before eager', 1)] },
    ],
  }) as unknown as SuiteResult

it.each([
  ['in every process: a loss', [1.1, 1.1, 1.1], ['tiny eager']],
  ['in this process alone: none', [1.1, 1], []],
  ['not in the last one: none', [1.1, 1.1, 1.02], []],
  ['nowhere', [1.02], []],
])('slower %s', async (_, factors, expected) => {
  const [first, ...others] = factors
  const asked: string[] = []
  const found = await confirmed(slowerBy(first), 0.03, async (suite, name) => {
    asked.push(`${suite}: ${name}`)
    return slowerBy(others[asked.length - 1])
  })
  expect(found.map(({ name }) => name)).toEqual(expected)
  expect(asked).toEqual(others.map(() => 'overhead: tiny'))
})
