import { Resvg } from '@resvg/resvg-js'
import { parseHTML } from 'linkedom'
import { expect, it } from 'vitest'
import { trusted } from '../../../report/html.ts'
import { hostile, hostileSeen as seen } from '../../../report/testing/hostile.ts'
import { sheetOf } from './sheet.ts'

it('writes titles and notes of any kind as words, and is XML', () => {
  const svg = trusted('<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"></svg>')
  const sheet = sheetOf(
    [{ panels: [{ title: hostile, note: hostile, colour: 'var(--ae)', svg }], ofDistances: true }],
    [svg],
  )
  // resvg reads XML and nothing else.
  expect(() => new Resvg(sheet)).not.toThrow()
  const { document } = parseHTML(sheet)
  expect(document.querySelectorAll('script')).toHaveLength(0)
  expect([...document.querySelectorAll('text')].slice(0, 2).map((text) => text.textContent)).toEqual([
    seen,
    seen,
  ])
})
