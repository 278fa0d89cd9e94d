import { Resvg } from '@resvg/resvg-js'
import { parseHTML } from 'linkedom'
import { expect, it } from 'vitest'
import { hostile, hostileSeen as seen } from '../report/testing/hostile.ts'
import { sheetOf } from './sheet.ts'

it('writes words of any kind as words: captions, titles, notes, commands and seeds', () => {
  const chart = { svg: '<g/>', width: 200, height: 20, title: hostile, note: hostile }
  const provenance = { command: hostile, seed: hostile, build: hostile }
  const sheet = sheetOf({ rows: [[chart]], caption: hostile, provenance })
  // resvg reads XML and nothing else.
  expect(() => new Resvg(sheet)).not.toThrow()
  const { document } = parseHTML(sheet)
  expect(document.querySelectorAll('script')).toHaveLength(0)
  expect(document.querySelector('title')!.textContent).toBe(seen)
  expect([...document.querySelectorAll('text')].slice(0, 2).map((text) => text.textContent)).toEqual([
    seen,
    seen,
  ])
})
