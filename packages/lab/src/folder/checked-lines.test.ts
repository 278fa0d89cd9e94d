import { describe, expect, it } from 'vitest'
import { UsageError } from '../errors.ts'
import { checkedLines, readCheckedLines } from './checked-lines.ts'
import { checksum } from './checksum.ts'

const values = [
  { set: 'CBF', error: 0.1 + 0.2 },
  { set: 'ü"}', list: [Number.NaN, -Infinity, null] },
  {},
  { a: 1 },
]
const text = checkedLines(values)
const lines = text.trimEnd().split('\n')
const read = (its: readonly string[]) => readCheckedLines(`${its.join('\n')}\n`, 'r.jsonl')

describe('lines with checksums', () => {
  it('give back what was written, and are one JSON object a line with crc32 as its first key', () => {
    expect(readCheckedLines(text, 'r.jsonl')).toEqual({ lines: values, checked: true })
    expect(lines.map((line) => Object.keys(JSON.parse(line))[0])).toEqual(Array(4).fill('crc32'))
    expect(readCheckedLines(text.slice(0, -1), 'r.jsonl').lines).toEqual(values)
  })

  it('carry the checksum of the line before, of the word end in the last, and of the rest of the line', () => {
    expect(checkedLines([{ a: 'ü' }, { b: 1 }], 'about')).toBe(
      `{"crc32":"${checksum('about,"a":"ü"}')}","a":"ü"}\n{"crc32":"${checksum(`${checksum('about,"a":"ü"}')}end,"b":1}`)}","b":1}\n`,
    )
    expect(checkedLines([{ a: 1 }])).toBe('{"crc32":"3941f7dd","a":1}\n')
    expect(() => checkedLines([{ crc32: 1 }])).toThrow('expected values without a key crc32')
  })

  it('with any byte changed in any bit are refused with file and line, in words of ours', () => {
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const changed = Buffer.from(bytes)
        changed[at] ^= 1 << bit
        const refused = () => readCheckedLines(changed.toString(), 'r.jsonl')
        expect(refused, `${at} ${bit}`).toThrow(UsageError)
        expect(refused).toThrow(/^r\.jsonl:[1-5]: (damaged line|expected|lines are missing)/)
        expect(refused).not.toThrow(/Unexpected|position|undefined/)
      }
    }
  })

  it('of which one was removed, doubled, moved or added are refused with file and line', () => {
    const [a, b, c, d] = lines
    const [other] = checkedLines([{ other: 1 }, {}]).split('\n')
    for (const its of [
      [b, c, d],
      [a, c, d],
      [a, b, d],
      [a, a, b, c, d],
      [a, b, c, c, d],
      [b, a, c, d],
      [a, other, c, d],
      [other, b, c, d],
      [a, b, c, other],
      [a, '', b, c, d],
    ]) {
      expect(() => read(its)).toThrow(/^r\.jsonl:[1-4]: /)
    }
    expect(() => read([a, b, c])).toThrow('r.jsonl:3: lines are missing after this one')
    expect(() => read([a, b, c, d, other])).toThrow('r.jsonl:4: expected the end of the file after this line')
    expect(() => read([a, b, c, d, d])).toThrow('r.jsonl:4: expected the end of the file after this line')
    expect(() => readCheckedLines(text.replaceAll('\n', '\r\n'), 'r.jsonl')).toThrow(
      'r.jsonl:1: damaged line: it ends with CR LF',
    )
  })

  it('of which some lost their checksum are refused', () => {
    expect(() => read([lines[0], lines[1].replace(/"crc32":"\w+",/, ''), ...lines.slice(2)])).toThrow(
      'r.jsonl:2: expected a line that begins with its crc32, as others do',
    )
    expect(() => read(['{"crc32":"4E1c4bd5","a":1}'])).toThrow(
      'r.jsonl:1: damaged line: its crc32 is not one',
    )
    expect(() => read(['{"crs32":"4e1c4bd5","a":1}'])).toThrow(
      'r.jsonl:1: damaged line: its crc32 is not one',
    )
  })

  it('belong to what they were said to be about', () => {
    const its = checkedLines(values, 'settings')
    expect(readCheckedLines(its, 'r.jsonl', 'settings').lines).toEqual(values)
    expect(() => readCheckedLines(its, 'r.jsonl', 'others')).toThrow('r.jsonl:1: damaged line')
  })
})

describe('lines without checksums, of a release before', () => {
  it('are read as they are', () => {
    expect(read(['{"a":{"number":"NaN"}}', '{"b":1}'])).toEqual({
      lines: [{ a: Number.NaN }, { b: 1 }],
      checked: false,
    })
  })

  it('are refused with file and line where they are no JSON objects, in words of ours', () => {
    expect(() => read(['{"a":1}', '{torn'])).toThrow('r.jsonl:2: expected JSON, got "{torn"')
    expect(() => read(['[1]'])).toThrow('r.jsonl:1: expected an object, got a list')
    expect(() => read(['7'])).toThrow('r.jsonl:1: expected an object, got 7')
    expect(() => read(['{"a":1}', ''])).toThrow('r.jsonl:2: expected JSON, got an empty line')
    expect(() => readCheckedLines('', 'r.jsonl')).toThrow(
      'r.jsonl:1: expected lines of JSON, got an empty file',
    )
    expect(() => read([`${'['.repeat(1e6)}`])).toThrow(
      'r.jsonl:1: expected JSON with at most 200 lists and objects within each other',
    )
    expect(() => read([`{"a":"${'x'.repeat(64 * 2 ** 20)}"}`])).toThrow(
      'r.jsonl:1: expected JSON of at most 67108864 characters, got 67108872',
    )
  })

  it('change no prototype', () => {
    for (const line of ['{"__proto__":{"polluted":1}}', '{"a":{"__proto__":{"polluted":1}}}']) {
      expect(() => read([line])).toThrow('r.jsonl:1: expected JSON without a key "__proto__"')
    }
    expect(read(['{"constructor":{"prototype":{"polluted":1}}}']).lines).toHaveLength(1)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})
