import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ascii } from '../testing/parse-bytes.ts'
import { Lines } from './lines.ts'

const source = { operation: 'read', name: 'file' }

function linesOf(bytes: Uint8Array, step: number, quotes = false): [number, string][] {
  const found: [number, string][] = []
  const lines = new Lines(
    source,
    (line, from, to, number) => found.push([number, new TextDecoder().decode(line.subarray(from, to))]),
    { quotes },
  )
  for (let at = 0; at < bytes.length; at += step) lines.push(Buffer.from(bytes.slice(at, at + step)))
  lines.end()
  return found
}

describe('Lines', () => {
  it('gives the lines of a text, however it is cut into pieces', () => {
    const texts = fc
      .array(fc.constantFrom('a', 'bc', '\n', '\r\n', '"'), { maxLength: 12 })
      .map((list) => list.join(''))
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 5 }), (text, step) => {
        const expected = text.split(/\r?\n/)
        if (expected.at(-1) === '') expected.pop()
        expect(linesOf(ascii(text), step)).toEqual(expected.map((line, i) => [i + 1, line]))
      }),
      { numRuns: 500 },
    )
  })

  it('keeps a line break between quotes and counts it', () => {
    for (const step of [1, 2, 3, 100]) {
      expect(linesOf(ascii('a,"b\nc"\n"""\n",d\ne'), step, true)).toEqual([
        [1, 'a,"b\nc"'],
        [3, '"""\n",d'],
        [5, 'e'],
      ])
    }
  })

  it('leaves out a byte order mark and refuses that of UTF-16', () => {
    for (const step of [1, 2, 100]) expect(linesOf(ascii('\uFEFFa\nb'), step)[0]).toEqual([1, 'a'])
    expect(() => linesOf(Uint8Array.of(0xff, 0xfe, 49, 0, 10, 0), 9)).toThrow(
      'read: file line 1: expected UTF-8 text, found the byte order mark of UTF-16',
    )
  })

  it('names the line of a quote that is never closed', () => {
    expect(() => linesOf(ascii('1,2\n"3,4\n5,6\n'), 4, true)).toThrow(
      'read: file line 2: expected a closing ", found the end of the file',
    )
  })
})
