import { expect, it } from 'vitest'
import { didYouMean } from './nearest.ts'

it('suggests a name with few wrong letters and nothing for a word that is unlike all', () => {
  expect(didYouMean('Tracee', ['CBF', 'Trace'])).toBe(" (did you mean 'Trace'?)")
  expect(didYouMean('cbf', ['CBF', 'Trace'])).toBe(" (did you mean 'CBF'?)")
  expect(didYouMean('Earthquakes', ['CBF', 'Trace'])).toBe('')
  expect(didYouMean('anything', [])).toBe('')
})
