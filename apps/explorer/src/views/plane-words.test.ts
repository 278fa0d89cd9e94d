import { expect, it } from 'vitest'
import { lineOf } from './plane-words.ts'

const picture = { regions: 1234, born: 12, died: 9, stepsSince: 1, complete: true, verified: 'checked' }

it('says how many regions there are, what became of them, and that they are exact', () => {
  expect(lineOf(picture)).toBe('1,234 regions · 12 born, 9 died this step · exact')
  expect(lineOf({ ...picture, stepsSince: 40, verified: 'exact' })).toBe(
    '1,234 regions · 12 born, 9 died in 40 steps · exact',
  )
  expect(lineOf({ ...picture, regions: 1, stepsSince: 0 })).toBe('1 region · exact')
  expect(lineOf({ ...picture, complete: false, stepsSince: 0, verified: 'float' })).toBe(
    '1,234 regions and more · rounded',
  )
})
