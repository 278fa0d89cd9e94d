import { expect, it } from 'vitest'
import { csvLine } from './csv.ts'
import { shortest } from './number.ts'

it('quotes what would be read as something else', () => {
  expect(csvLine(['a,b', 'say "x"', 1.5, null, 'plain'])).toBe('"a,b","say ""x""",1.5,,plain\n')
})

it('writes float32 numbers with as few digits as are read back the same', () => {
  for (const value of [0.1, 1 / 3, -2.5e-12, 16777217, 3.4e38, 1e-45, 0, 123.456]) {
    const rounded = Math.fround(value)
    expect(Math.fround(shortest(rounded))).toBe(rounded)
  }
  expect(String(shortest(Math.fround(0.1)))).toBe('0.1')
})
