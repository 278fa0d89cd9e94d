import { expect, it } from 'vitest'
import { withFlags } from './with-flags.ts'

const says = '--missing drop|mean|median|interpolate says what becomes of them'

it.each([
  ["parseSamples: a.csv: 1 in x; read them by missing: 'keep'", `a.csv: 1 in x; ${says}`],
  ["12 are missing, which the option missing: 'keep' reads as NaN", `12 are missing, ${says}`],
  ["3 missing values; missing: 'keep' lets them be", `3 missing values; ${says}`],
  ['named by the option labels or the option id', 'named by --labels or --id'],
  ["labels: expected one of the columns 'a'", "--labels: expected one of the columns 'a'"],
  ['the lengths of columns', 'the lengths of columns'],
])('options of the library are told as flags: %s', (message, told) => {
  expect(withFlags(message)).toBe(told)
})
