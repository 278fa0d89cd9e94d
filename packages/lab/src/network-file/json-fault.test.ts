import fc from 'fast-check'
import { expect, it } from 'vitest'
import { jsonFault } from './json-fault.ts'

it.each([
  ['', 'found the end in line 1, column 1'],
  ['nonsense', 'found "nonsense" in line 1, column 1'],
  ['{"a": 1,\n "b": }', 'found "}" in line 2, column 7'],
  ['[1, 2', 'found the end in line 1, column 6'],
  ['[1, 2,]', 'found "]" in line 1, column 7'],
  ['{"a": 1,}', 'found "}" in line 1, column 9'],
  ['{"a" 1}', 'found "1}" in line 1, column 6'],
  ['{a: 1}', 'found "a: 1}" in line 1, column 2'],
  ['[1] x', 'found "x" in line 1, column 5'],
  ['[01]', 'found "1]" in line 1, column 3'],
  ['["a\nb"]', 'found "\\nb\\"]" in line 1, column 4'],
  ['["\\x"]', 'found "\\\\x\\"]" in line 1, column 3'],
  ['"abc', 'found the end in line 1, column 5'],
  ['[NaN]', 'found "NaN]" in line 1, column 2'],
  ['[}', 'found "}" in line 1, column 2'],
])('of %j says %s', (text, expected) => {
  expect(jsonFault(text)).toBe(expected)
})

it('is found where 200,000 lists are open', () => {
  expect(jsonFault('['.repeat(200_000))).toBe('found the end in line 1, column 200001')
})

it('finds nothing wrong with JSON but that it ends', () => {
  fc.assert(fc.property(fc.json(), (text) => jsonFault(text).startsWith('found the end')))
})
