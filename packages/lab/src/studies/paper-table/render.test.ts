import { describe, expect, it } from 'vitest'
import { renderMarkdown, renderText } from './render.ts'
import { cellOf } from './report.ts'
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

  it('has the models beyond the paper without figures of it, and says what they are', () => {
    const models = ['ae', 'skip', 'skipOrbit'] as const
    const cells = report.settings.sets.flatMap((set) =>
      models.map((model) => ({ ...cellOf(report, set, 'ae'), model })),
    )
    const text = renderText({ ...report, settings: { ...report.settings, models }, cells }, 80)
    expect(longest(text)).toBeLessThanOrEqual(80)
    expect(text).toMatch(/skip \+ orbit +39\.12 ± 1\.41 +–/)
    expect(text.replace(/\s+/g, ' ')).toContain(
      'beside either part a linear map that starts at PCA; skip + orbit: samples moved',
    )
  })

  it('is the same as a Markdown page', () => {
    expect(renderMarkdown(report)).toMatchSnapshot()
  })
})
