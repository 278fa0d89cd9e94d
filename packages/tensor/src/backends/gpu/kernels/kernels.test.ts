import { expect, it } from 'vitest'
import { opTable } from '../../../op-table.ts'
import type { Runner } from '../runner.ts'
import { kernelsOn } from './index.ts'

it('there is a kernel for every op that moves a number, and no other', () => {
  const views = ['reshape', 'stopGradient']
  const moving = Object.values(opTable).filter(({ name }) => !views.includes(name))
  expect(Object.keys(kernelsOn({} as Runner)).sort()).toEqual(moving.map(({ name }) => name).sort())
})
