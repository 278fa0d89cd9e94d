import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromCheckedLine, toCheckedLine } from './checked-line.ts'
import { fromJsonLine, toJsonLine } from './json-line.ts'
import { type LoggedRun, RunLog, readRunLog, readRunLogFile } from './run-log.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-log-'))
  path = join(folder, 'runs.jsonl')
})
afterEach(() => rmSync(folder, { recursive: true }))

const header = { settings: '0123abcd', inputs: { CBF: '4567-89ef' } }
const runs: LoggedRun[] = [
  { job: 2, label: 'CBF · AE · run 1', versions: { facet: '1' }, outcome: { testError: 0.1 + 0.2 } },
  { job: 0, label: 'CBF · λ 0.01', versions: { facet: '1' }, error: 'expected a finite loss,\ngot NaN' },
  { job: 1, label: '"}', versions: { facet: '1' }, outcome: { values: [Number.NaN, -Infinity], none: null } },
]

function written(): string {
  const log = new RunLog(path, header, runs.slice(0, 1))
  for (const run of runs.slice(1)) log.append(run)
  log.close()
  return readFileSync(path, 'utf8')
}

describe('the log of finished runs', () => {
  it('gives back what was appended, and is lines of JSON', () => {
    const text = written()
    expect(readRunLog(text)).toEqual({ header, runs, damaged: [] })
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual(Array(4).fill(['crc32', 'entry']))
    expect(readRunLogFile(join(folder, 'none'))).toBeNull()
  })

  it('cut at any byte, loses at most the line that was cut, and nothing is called damaged', () => {
    const bytes = Buffer.from(written())
    const ends = [...bytes.keys()].filter((i) => bytes[i] === 10)
    for (let length = 0; length <= bytes.length; length++) {
      // A line that lacks nothing but its end is whole.
      const whole = ends.filter((end) => end <= length).length
      expect(readRunLog(bytes.subarray(0, length).toString())).toEqual({
        header: whole > 0 ? header : null,
        runs: runs.slice(0, Math.max(0, whole - 1)),
        damaged: [],
      })
    }
  })

  it('with any byte changed, tells the line that it is in and keeps the others, but refuses one without its header', () => {
    const bytes = Buffer.from(written())
    let line = 0
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes)
      changed[at] ^= 1
      // Its own first line, or the second run into it.
      if (line === 0) {
        expect(() => readRunLog(changed.toString(), path)).toThrow(
          `${path}:1: a log without a sound header: nobody knows with which settings`,
        )
        if (bytes[at] === 10) line++
        continue
      }
      const content = readRunLog(changed.toString())
      // Without its end a line runs into the next, and both are lost; the last is torn then, which is no damage.
      const isEnd = bytes[at] === 10
      const lost = isEnd ? [line, line + 1] : [line]
      const isTorn = at === bytes.length - 1
      expect(content.damaged).toEqual(isTorn ? [] : [line + 1])
      expect(content.runs).toEqual(runs.filter((_, i) => !lost.includes(i + 1)))
      expect(content.header).toEqual(header)
      if (isEnd) line++
    }
  })

  it('begins anew whole or not at all', () => {
    written()
    new RunLog(path, header).close()
    expect(readRunLogFile(path)).toEqual({ header, runs: [], damaged: [] })
  })
})

it('carries every number through JSON, those that it does not have included', () => {
  const value = {
    a: [Number.NaN, Infinity, -Infinity, 5e-324, 0.1, 1e300],
    b: 'NaN',
    c: { number: 'one' },
    d: null,
  }
  expect(fromJsonLine(toJsonLine(value))).toEqual(value)
  expect(toJsonLine([Number.NaN])).toBe('[{"number":"NaN"}]')
})

it('checks a line by the bytes of its entry', () => {
  const line = toCheckedLine({ a: 'ü' })
  expect(line).toBe('{"crc32":"3a1d613e","entry":{"a":"ü"}}\n')
  expect(fromCheckedLine(line.trimEnd())).toEqual({ a: 'ü' })
  expect(fromCheckedLine('{"a":1}')).toBeUndefined()
})
