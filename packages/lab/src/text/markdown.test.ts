import { describe, expect, it } from 'vitest'
import { markdown } from './markdown.ts'
import { markdownTable } from './plain-table.ts'

describe('text for Markdown', () => {
  it('has no HTML and no entities', () => {
    expect(markdown('<img src=x onerror=alert(1)> &lt; <!-- </p> <?x')).toBe(
      '&lt;img src=x onerror=alert(1)&gt; &amp;lt; &lt;!-- &lt;/p&gt; &lt;?x',
    )
  })

  it('has no markup, links or pictures', () => {
    expect(markdown('a|b `c` *d* _e_ ~~f~~ [g](h) ![i](j) \\|')).toBe(
      'a\\|b \\`c\\` \\*d\\* \\_e\\_ \\~\\~f\\~\\~ \\[g\\](h) !\\[i\\](j) \\\\\\|',
    )
    expect(markdown('http://a.b www.c.d e@f.g')).toBe('http&#58;//a.b www&#46;c.d e&#64;f.g')
  })

  it('begins no heading, list, rule, quotation or code, and no line', () => {
    const begun = ['# a', '### a', '- a', '+ a', '---', '=', '1. a', '12) a', '> a', '      a', 'a\n# b']
    expect(begun.map(markdown)).toEqual([
      ...[
        '\\# a',
        '\\### a',
        '\\- a',
        '\\+ a',
        '\\---',
        '\\=',
        '1\\. a',
        '12\\) a',
        '&gt; a',
        '   a',
        'a # b',
      ],
    ])
  })

  it('leaves our own words and numbers as they are', () => {
    const told = [
      ...[
        'd-64-64-10, ReLU',
        '39.12 ± 2.10',
        '< 0.001',
        '<0.5',
        'a > b',
        '+0.4 %',
        '−1',
        '-1',
        'set_name',
        '1.5',
      ],
      ...['|ε|'.replaceAll('|', ''), 'p (t)', 'AE & co', 'σ 0.1; λ 1'],
    ]
    expect(told.map(markdown)).toEqual(told)
  })

  it('is what cells of a table have', () => {
    expect(markdownTable({ head: ['a|b'], rows: ['<b>', ['x\ny\u001b[2J']] })).toBe(
      '| a\\|b |\n| --- |\n| &lt;b&gt; |\n| x y |',
    )
  })
})
