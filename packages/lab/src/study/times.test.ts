import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkedLines } from '../folder/checked-lines.ts'
import { ResultFolder } from '../folder/result-folder.ts'
import { tinyFailure, tinyRun } from './testing/tiny-study.ts'
import { readTimes, writeTimes } from './times.ts'

let path: string
let folder: ResultFolder
beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'facet-times-'))
  folder = new ResultFolder(path)
})
afterEach(() => {
  folder.release()
  rmSync(path, { recursive: true, force: true })
})

const timed = [tinyRun('first', { seconds: 1.25 }), { ...tinyFailure('second'), seconds: 0.5 }]
const untimed = [tinyRun('first'), tinyFailure('second')]
const write = (lines: readonly object[]) => writeFileSync(join(path, 'times.jsonl'), checkedLines(lines))

describe('times.jsonl', () => {
  it('gives every task the time that it took, of the failed ones as well', () => {
    writeTimes(folder, timed)
    expect(readTimes(folder, untimed)).toEqual(timed)
    expect(readFileSync(join(path, 'times.jsonl'), 'utf8')).toMatch(
      /"task":\{"name":"first"\},"seconds":1.25/,
    )
  })

  it('is not there where no time is known, and then none is read', () => {
    writeTimes(folder, untimed)
    expect(folder.has('times.jsonl')).toBe(false)
    expect(readTimes(folder, untimed)).toEqual(untimed)
  })

  it('of another task, or with what is no time, is refused with its line', () => {
    const line = { kind: 'case', task: { name: 'first' }, seconds: 1 }
    write([line, { ...line, task: { name: 'third' } }])
    expect(() => readTimes(folder, untimed)).toThrow(/times\.jsonl:2: expected a task of results\.jsonl/)
    write([{ ...line, seconds: -1 }])
    expect(() => readTimes(folder, untimed)).toThrow(
      /times\.jsonl:1: seconds: expected a number of at least 0/,
    )
    writeFileSync(join(path, 'times.jsonl'), checkedLines([line]).replace('seconds":1', 'seconds":2'))
    expect(() => readTimes(folder, untimed)).toThrow(/times\.jsonl:1: damaged line/)
  })
})
