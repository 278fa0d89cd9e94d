import { expect, test } from 'vitest'
import { curvesText } from './curves-text.ts'

const none = { loss: null, validation: null, live: null, regions: null }

test('curves are told by their values at the step', () => {
  expect(curvesText({ step: 1500, loss: 0.0123, validation: 0.02, live: 2, regions: 1 })).toBe(
    'Curves up to step 1,500: loss 0.0123, validation error 0.02, 2 live bottleneck units, 1 region.',
  )
})

test('what is not known yet is left out', () => {
  expect(curvesText({ ...none, step: 0 })).toBe('Curves up to step 0.')
  expect(curvesText({ ...none, step: 0, loss: Number.NaN, live: 1 })).toBe(
    'Curves up to step 0: 1 live bottleneck unit.',
  )
})
