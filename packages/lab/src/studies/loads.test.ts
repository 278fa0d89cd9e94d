import { expect, it, vi } from 'vitest'
import { orbitGapDefaults } from './orbit-gap/experiment.ts'
import { orbitGap } from './orbit-gap/orbit-gap.ts'
import { fixtureReport } from './orbit-gap/testing/fixture-runs.ts'
import { studies } from './studies.ts'

/** What draws, once it is loaded. */
const loaded = vi.hoisted(() => new Set<string>())
vi.mock('@observablehq/plot', (original) => {
  loaded.add('Observable Plot')
  return original()
})
vi.mock('linkedom', (original) => {
  loaded.add('linkedom')
  return original()
})

it('what draws is loaded where a page is made: workers, which load all studies, have no use for it', async () => {
  const report = fixtureReport({ ...orbitGapDefaults, seeds: 1 })
  expect(studies.length).toBeGreaterThan(2)
  expect(loaded).toEqual(new Set())
  await orbitGap.page(report, '')
  expect(loaded).toEqual(new Set(['Observable Plot', 'linkedom']))
})
