import { describe, expect, it } from 'vitest'
import { markdownReport, plainReport, type ReportText } from './report-text.ts'
import { noBreak } from './wrap.ts'

const report: ReportText = {
  title: 'Errors × 100',
  tables: [
    {
      wide: { head: ['', 'a long heading', 'another'], rows: [['CBF', '1', '2']] },
      narrow: { head: ['', 'a'], rows: [['CBF', '1']] },
    },
  ],
  notes: [
    ['data', `generated λ${noBreak}1`],
    ['network', 'two layers of each'],
  ],
  failures: ['CBF · AE: not finite, at step 12'],
}

describe('the text of a report', () => {
  it('has its parts under each other, as wide as there is room for', () => {
    expect(plainReport(report, 32)).toBe(
      [
        ...['Errors × 100', '', '     a long heading  another', '────────────────────────────'],
        ...['CBF               1        2', '', 'data     generated λ 1', 'network  two layers of each', ''],
        ...['failed: CBF · AE: not finite, at', '        step 12'],
      ].join('\n'),
    )
    expect(plainReport(report, 20)).toBe(
      [
        ...['Errors × 100', '', '     a', '──────', 'CBF  1', ''],
        ...['data     generated', '         λ 1', 'network  two layers', '         of each', ''],
        ...['failed: CBF · AE:', '        not finite,', '        at step 12'],
      ].join('\n'),
    )
  })

  it('says nothing of failures and lines where there are none', () => {
    expect(plainReport({ ...report, notes: [], failures: [] }, 80)).toMatch(/ 2$/)
  })

  it('is a page of Markdown, of which nothing is markup but its own', () => {
    const hostile = {
      ...report,
      title: '<b>\n# x',
      failures: ['<img src=x> | `y`\u001b[2J'],
      notes: [['', '*note*']] as const,
    }
    expect(markdownReport(hostile)).toBe(
      [
        ...[
          '# &lt;b&gt; # x',
          '',
          '|  | a long heading | another |',
          '| --- | ---: | ---: |',
          '| CBF | 1 | 2 |',
          '',
        ],
        ...['\\*note\\*', '', '- failed: &lt;img src=x&gt; \\| \\`y\\`', ''],
      ].join('\n'),
    )
    expect(markdownReport(report)).toContain('- **data**: generated λ 1\n')
  })
})
