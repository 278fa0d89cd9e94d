import { expect, test } from 'vitest'
import type { RegionsPicture } from '../work/messages.ts'
import { type Shown, summaryText } from './summary-text.ts'

const picture = (some: Partial<RegionsPicture>): RegionsPicture =>
  ({ regions: 642, complete: true, worst: null, ...some }) as RegionsPicture

const shown = (frame: Partial<Shown['frame']>, rest: Partial<Shown> = {}): Shown => ({
  frame: { step: 1500, input: picture({}), latent: null, occupied: null, wallDistance: null, ...frame },
  part: 'whole',
  width: 2,
  validation: null,
  ...rest,
})

test('regions, those with data, and errors are told with their places', () => {
  const worst = { value: 0.62, at: [0.9, -0.4] } as const
  expect(
    summaryText(
      shown(
        { input: picture({ worst }), latent: picture({ regions: 120 }), occupied: 93, wallDistance: 0.0021 },
        { validation: 0.0012 },
      ),
    ),
  ).toBe(
    'Step 1,500. 642 regions of the whole network meet the window, 93 of them hold data. Half of the samples lie within 0.0021 of a wall. The latent plane shows 120 regions of the decoder. ' +
      'The mean squared error on held-out samples is 0.0012; the largest in the window is 0.31, at (0.9, −0.4).',
  )
})

test('what is not known is left out', () => {
  expect(summaryText(shown({ step: 0, input: null }))).toBe('Step 0.')
  expect(summaryText(shown({}, { part: 'encoder' }))).toBe(
    'Step 1,500. 642 regions of the encoder meet the window.',
  )
  expect(summaryText(shown({ input: null }, { validation: Number.NaN }))).toBe('Step 1,500.')
  expect(summaryText(shown({ input: picture({ worst: { value: 2, at: [0, 0] } }) }))).toMatch(
    /window\. The largest in the window is 1, at \(0, 0\)\.$/,
  )
})

test('one region meets, and what was cut short is more than that', () => {
  expect(summaryText(shown({ input: picture({ regions: 1 }), occupied: 1 }))).toBe(
    'Step 1,500. 1 region of the whole network meets the window, 1 of them holds data.',
  )
  expect(summaryText(shown({ input: picture({ regions: 60000, complete: false }) }))).toMatch(
    /^Step 1,500\. More than 60,000 regions of the whole network meet the window\.$/,
  )
})
