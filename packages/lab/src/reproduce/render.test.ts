import { describe, expect, it } from 'vitest'
import { renderMarkdown, renderText } from './render.ts'
import { report } from './testing/made-up-report.ts'

const longest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length))

describe('the table of facet reproduce', () => {
  it('has the yardsticks as columns on a wide terminal', () => {
    const text = renderText(report, 122)
    expect(longest(text)).toBeLessThanOrEqual(122)
    expect(text).toMatchSnapshot()
  })

  it('fits a terminal of 80 columns', () => {
    const text = renderText(report, 80)
    expect(longest(text)).toBeLessThanOrEqual(80)
    expect(text).toMatchSnapshot()
  })

  it('is the same as a Markdown page', () => {
    expect(renderMarkdown(report)).toMatchSnapshot()
  })
})
