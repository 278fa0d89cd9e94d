import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { plain, plainLines } from './plain.ts'
import { plainTable } from './plain-table.ts'
import { wrap, wrapLines } from './wrap.ts'

const hostile = [
  '\u001b[2J',
  '\u001b[31m',
  '\u001b]0;title\u0007',
  '\u001b]8;;http://a.b\u001b\\',
  '\u009b1;1H',
  '\u001bc',
  '\u001b(0',
  '\u009d52;c;AAAA\u009c',
  '\u001bPq\u001b\\',
  '\r\n',
  '\b\b\u0007',
  '\u007f\u0085',
  '\u202e',
  '\u2066\u2069',
  '\ud800',
]
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
const active = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/

describe('text for a terminal', () => {
  it('loses escape sequences whole, with what they would set', () => {
    expect(plain(`a${hostile.join('')}b`)).toBe('a  b')
    expect(plain('CBF\u001b[2J\u202e evil')).toBe('CBF evil')
  })

  it('keeps the words behind a sequence that does not end', () => {
    expect(plain('a\u001b]0;no end: file not found')).toBe('a]0;no end: file not found')
    expect(plain('a\u001b')).toBe('a')
    expect(plain('a\u001b[')).toBe('a[')
  })

  it('has no sign left that is more than a letter, whatever came, and is the same the second time', () => {
    const piece = fc.oneof(
      fc.constantFrom(...hostile),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('[', ']', ';', 'm', '\\'),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = plain(pieces.join(''))
        expect(text).not.toMatch(active)
        expect(plain(text)).toBe(text)
      }),
    )
  })

  it('leaves letters, signs and spaces that bind as they are', () => {
    const text = 'λ\u00a00.01 · “CBF” — 39.12 ± 2.10 日本 😀 é'
    expect(plain(text)).toBe(text)
  })

  it('keeps lines where there are several', () => {
    expect(plainLines('a\u001b[1m\r\n  b\u0007\n')).toBe('a\n  b\n')
  })

  it('is what tables and wrapped lines have', () => {
    const text = hostile.join('x')
    const lines = [
      plainTable({ head: [text, text], rows: [text, [text, text]] }),
      wrap(text, 8),
      wrapLines(`${text} ${text}`, 8),
      wrapLines('a\u001b[2Jb', 80),
    ]
    for (const line of lines.flatMap((all) => all.split('\n'))) expect(line).not.toMatch(active)
  })

  it('is as quick on what looks like sequences without an end', () => {
    for (const text of ['\u001b]', '\u009d', '\u001b[0', '\u009b;', '\u001b(', '\t'])
      expect(plain(text.repeat(200_000)).length).toBeLessThanOrEqual(2 * 200_000)
  })
})
