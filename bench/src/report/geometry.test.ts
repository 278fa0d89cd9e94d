import { expect, it } from 'vitest'
import { geometryTables } from './geometry.ts'
import type { GeometryResult } from './results.ts'

const row = (seconds: number, splitterRegions: number): GeometryResult => ({
  kind: 'plane',
  name: '2-64-64-64, seed 1, ±1',
  isTargeted: true,
  regions: 6000,
  edges: 12000,
  complete: true,
  verified: 'checked',
  splitter: { regions: splitterRegions, neighbours: 12000 },
  timings: [
    { entry: 'facet', medianSeconds: seconds, regionsPerSecond: 6000 / seconds, ratio: null },
    { entry: 'facet cutting', medianSeconds: seconds / 2, regionsPerSecond: 12000 / seconds, ratio: null },
    {
      entry: 'splitter',
      medianSeconds: 9 * seconds,
      regionsPerSecond: 1,
      ratio: { value: 9, low: 8.5, high: 9.5 },
    },
  ],
})

it('says how many regions a second there are, and whether the target is met', () => {
  const text = geometryTables([row(0.004, 6000)], [])
  expect(text).toContain('1.50 M')
  expect(text).toContain('9.00 [8.50, 9.50]')
  expect(text).toContain('the same')
  expect(text).toContain('median over 1 cases 1.50 M regions a second, of 1.00 M: met')
})

it('says what was missed, and where signs of floats find another count', () => {
  const text = geometryTables([row(0.008, 6001)], [])
  expect(text).toContain('750 k regions a second, of 1.00 M: missed')
  expect(text).toContain('| 6001 ')
})

it('shows first calls and memory of fresh processes', () => {
  const text = geometryTables(
    [],
    [
      {
        name: '2-64-64-64-1, ±1',
        regions: 6000,
        complete: true,
        importSeconds: 0.5,
        callSeconds: 0.02,
        peakBytes: 2 ** 24,
        structureBytes: 2 ** 21,
      },
    ],
  )
  expect(text).toContain('20.0 ms')
  expect(text).toContain('520 ms')
  expect(text).toContain('16.0 MB')
})
