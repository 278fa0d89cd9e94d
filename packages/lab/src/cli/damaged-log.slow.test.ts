import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { partOf } from '../../../../tests/trials.ts'
import { exitCode } from './exit-code.ts'
import { facet } from './testing/facet.ts'
import { facetProcess, limited } from './testing/facet-process.ts'
import { contentsOf } from './testing/moments.ts'

let base: string
/** A folder that was finished, and the logs of this experiment and of another. */
let straight: Record<string, string>
let log: string
let otherLog: string

const begin = (epochs: number) => [
  'reproduce',
  '--sets',
  'SyntheticControl',
  '--models',
  'ae',
  '--epochs',
  `${epochs}`,
  '--hidden',
  '4',
  '--bottleneck',
  '2',
  '--runs',
  '8',
  '--samples',
  '24',
  '--jobs',
  '1',
  '--out',
]

async function logOf(epochs: number): Promise<string> {
  const path = join(base, `limited-${epochs}`)
  // All nine runs are 11 KB.
  const { code } = await facetProcess([...begin(epochs), path], limited(10)).ended
  expect(code).toBe(exitCode.failed)
  const log = readFileSync(join(path, 'runs.jsonl'), 'utf8')
  expect(linesOf(log).length).toBeGreaterThan(5)
  return log
}

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'facet-logs-'))
  const path = join(base, 'straight')
  expect((await facetProcess([...begin(1), path]).ended).code).toBe(exitCode.ok)
  straight = contentsOf(path)
  log = await logOf(1)
  otherLog = await logOf(2)
}, 600_000)
afterAll(() => rmSync(base, { recursive: true }))

const linesOf = (text: string): string[] => text.trimEnd().split('\n')
const joined = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('')

/** The text with one bit of the byte at a share of its length changed. */
function flipped(text: string, share: number, bit: number): Buffer {
  const bytes = Buffer.from(text)
  bytes[Math.floor(share * bytes.length)] ^= 1 << bit
  return bytes
}

/** What may have become of a log, 40 ways. */
function damages(): Record<string, string | Buffer> {
  const lines = linesOf(log)
  const others = linesOf(otherLog)
  const [header, first, second, ...rest] = lines
  return {
    ...Object.fromEntries(
      [0.001, 0.2, 0.4, 0.6, 0.8, 0.999].flatMap((share) =>
        [0, 5, 7].map((bit) => [`bit ${bit} at ${share}`, flipped(log, share, bit)]),
      ),
    ),
    ...Object.fromEntries(
      [0.001, 0.01, 0.1, 0.5, 0.9, 0.999].map((share) => [
        `cut at ${share}`,
        log.slice(0, Math.floor(share * log.length)),
      ]),
    ),
    empty: '',
    'a line end': '\n',
    'CR LF': log.replaceAll('\n', '\r\n'),
    BOM: `\uFEFF${log}`,
    NULs: Buffer.alloc(log.length),
    'NULs at the end': Buffer.concat([Buffer.from(log), Buffer.alloc(512)]),
    'NULs in place of a line': joined([header, '\0'.repeat(first.length), second, ...rest]),
    'without header': joined([first, second, ...rest]),
    'header doubled': joined([header, header, first, second, ...rest]),
    'header of another': joined([others[0], first, second, ...rest]),
    'header of another in the middle': joined([header, first, others[0], second, ...rest]),
    'another log': otherLog,
    'another log at the end': log + otherLog,
    'runs of another log': joined([header, ...others.slice(1)]),
    'a line doubled': joined([header, first, first, second, ...rest]),
    'a line less': joined([header, second, ...rest]),
  }
}

describe('a log that was damaged', () => {
  it('leads to the same bytes as without, or is refused with file and line', async () => {
    const all = Object.entries(damages())
    expect(all).toHaveLength(40)
    const tried = partOf(all, 0, 4)
    const ends = { same: 0, refused: 0 }
    for (const [i, [what, damaged]] of tried.entries()) {
      const path = join(base, `damaged-${i}`)
      mkdirSync(path)
      writeFileSync(join(path, 'experiment.yaml'), straight['experiment.yaml'])
      writeFileSync(join(path, 'runs.jsonl'), damaged)
      const { code, err } = await facet('run', '--resume', path, '--jobs', '1')
      if (code === exitCode.ok) {
        expect(contentsOf(path), what).toEqual(straight)
        ends.same++
      } else {
        expect(code, what).toBe(exitCode.usage)
        expect(err, what).toMatch(/^facet: .*runs\.jsonl/)
        expect(err, what).toMatch(/--overwrite/)
        expect(err, what).not.toMatch(/undefined|Unexpected|Error:|^ +at /m)
        expect(readFileSync(join(path, 'runs.jsonl')), what).toEqual(Buffer.from(damaged))
        ends.refused++
      }
    }
    expect(ends.same).toBeGreaterThan((15 / 40) * tried.length)
    expect(ends.refused).toBeGreaterThan((5 / 40) * tried.length)
  })

  it('beside an edited document is refused, and started again by --overwrite', async () => {
    const path = join(base, 'edited')
    const edited = straight['experiment.yaml'].replace('epochs: 1', 'epochs: 2')
    for (const damaged of [log, log.slice(5), `x${log}`, joined(linesOf(log).slice(1))]) {
      rmSync(path, { recursive: true, force: true })
      mkdirSync(path)
      writeFileSync(join(path, 'experiment.yaml'), edited)
      writeFileSync(join(path, 'runs.jsonl'), damaged)
      const { code, err } = await facet('run', '--resume', path)
      expect([code, err]).toEqual([
        exitCode.usage,
        expect.stringMatching(/without a sound header|is not what the \d+ finished runs/),
      ])
    }
    const again = await facet(...begin(1), path, '--overwrite')
    expect(again.code).toBe(exitCode.ok)
    expect(contentsOf(path)).toEqual(straight)
  })
})

describe('results in which', () => {
  const changes: Readonly<Record<string, (text: string) => string>> = {
    'a digit was changed': (text) =>
      text.replace(
        /"testError":(\d\.\d+)(\d)/,
        (_, front, digit) => `"testError":${front}${(Number(digit) + 1) % 10}`,
      ),
    'a line was removed': (text) => text.replace(/^.*\n/, ''),
    'the last line was removed': (text) => joined(linesOf(text).slice(0, -1)),
    'two lines changed places': (text) =>
      joined([linesOf(text)[1], linesOf(text)[0], ...linesOf(text).slice(2)]),
    'one checksum was taken out': (text) => text.replace(/"crc32":"\w+",/, ''),
  }
  it.each(Object.keys(changes))('%s are refused with file and line', async (what) => {
    const path = join(base, `results ${what}`)
    cpSync(join(base, 'straight'), path, { recursive: true })
    const changed = changes[what](straight['results.jsonl'])
    expect(changed).not.toBe(straight['results.jsonl'])
    writeFileSync(join(path, 'results.jsonl'), changed)
    const { code, err } = await facet('run', '--resume', path)
    expect(code).toBe(exitCode.usage)
    expect(err).toMatch(
      /results\.jsonl:\d+: (damaged line|lines are missing|expected a line that begins with its crc32)/,
    )
  })
})
