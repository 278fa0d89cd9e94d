import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { partOf } from '../../../../tests/trials.ts'
import { checkedLines, readCheckedLines } from '../folder/checked-lines.ts'
import { exitCode } from './exit-code.ts'
import { facetProcess } from './testing/facet-process.ts'
import { hasBegun, killedAt, linesIn, type Moment } from './testing/moments.ts'

const experiment = [
  ...['reproduce', '--sets', 'CBF', '--models', 'ae,denoising', '--sigma', '0.1,1', '--runs', '12'],
  ...['--epochs', '1', '--hidden', '4', '--bottleneck', '2', '--samples', '30', '--jobs', '1'],
]
const count = 3

let base: string
const facet = (...args: string[]) => facetProcess(args).ended
const folderOf = (shard: number) => join(base, `shard-${shard}`)
const folders = () => Array.from({ length: count }, (_, shard) => folderOf(shard))
const shardArgs = (shard: number, out = folderOf(shard)) => [
  ...experiment,
  ...['--shard', `${shard}/${count}`, '--out', out],
]
const bytesOf = (folder: string) =>
  ['experiment.yaml', 'results.jsonl', 'table.md'].map((name) => readFileSync(join(folder, name), 'latin1'))

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'facet-shards-'))
  expect(await facet(...experiment, '--out', join(base, 'one'))).toMatchObject({ code: exitCode.ok })
  for (const shard of [0, 2]) expect(await facet(...shardArgs(shard))).toMatchObject({ code: exitCode.ok })
}, 600_000)
afterAll(() => rmSync(base, { recursive: true }))

/** 20 moments of the shard of 18 runs (that of the baselines has one beside them), its start and its log from the first line to the last. */
const moments: readonly Moment[] = [
  { isReady: () => true, delay: 50 },
  { isReady: () => true, delay: 300 },
  { isReady: hasBegun('.facet-lock') },
  { isReady: hasBegun('experiment.yaml') },
  { isReady: hasBegun('shard.json') },
  { isReady: hasBegun('runs.jsonl') },
  ...Array.from({ length: 12 }, (_, runs) => ({
    isReady: (folder: string) => linesIn(join(folder, 'runs.jsonl')) > 1 + runs,
    delay: (3 * runs) % 8,
  })),
  { isReady: hasBegun('runs.jsonl'), delay: 1 },
  { isReady: hasBegun('.facet-lock'), delay: 20 },
]

it('a shard killed at any moment and started again each time, merged with the others, is the same bytes as one run', async () => {
  expect(moments).toHaveLength(20)
  const tried = partOf(moments, 0, 4)
  let killed = 0
  for (const moment of tried) {
    const { code, err } = await killedAt(shardArgs(1), folderOf(1), 'SIGKILL', moment)
    if (code === null) killed++
    expect(err).not.toMatch(/refused|warning|Error/)
  }
  expect(killed).toBeGreaterThan(0.6 * tried.length)
  const last = await facet(...shardArgs(1))
  expect(last).toMatchObject({ code: exitCode.ok })
  expect(last.out).toMatch(/^shard 1\/3: all 18 runs are done/)
  expect(readdirSync(folderOf(1)).sort()).toEqual(['experiment.yaml', 'runs.jsonl', 'shard.json'])

  const merged = join(base, 'merged')
  expect(await facet('merge', ...folders().toReversed(), '--out', merged)).toMatchObject({
    code: exitCode.ok,
  })
  expect(bytesOf(merged)).toEqual(bytesOf(join(base, 'one')))
  expect(linesIn(join(merged, 'times.jsonl'))).toBe(37)
}, 600_000)

/** A copy of a shard's folder with another text in one of its files. */
function changed(shard: number, file: string, change: (text: string) => string): string {
  const copy = mkdtempSync(join(base, 'copy-'))
  cpSync(folderOf(shard), copy, { recursive: true })
  const path = join(copy, file)
  writeFileSync(path, change(readFileSync(path, 'utf8')))
  return copy
}

const record = (more: object) => (text: string) =>
  checkedLines([{ ...readCheckedLines(text, '').lines[0], ...more }])

describe('shards are refused by name', () => {
  const refused = async (given: readonly string[], message: string | RegExp) => {
    const out = join(base, 'refused')
    const { code, err } = await facet('merge', ...given, '--out', out)
    expect(err).toMatch(message)
    expect([code, existsSync(out)]).toEqual([exitCode.usage, false])
  }

  it('where one is missing, or given twice', async () => {
    await refused([folderOf(2), folderOf(1)], 'merge: no folder of shard 0/3')
    const twice = changed(1, 'shard.json', (text) => text)
    await refused([folderOf(1), folderOf(2), twice], `shard 1/3 is given twice: ${folderOf(1)} and ${twice}`)
  })

  it('of another build, version, document, data or number of shards', async () => {
    const others = {
      [changed(2, 'shard.json', record({ build: '00000000' }))]: /has another build of Facet: 00000000/,
      [changed(2, 'shard.json', record({ facet: '9.9.9' }))]: /has another version of Facet: 9\.9\.9/,
      [changed(2, 'shard.json', record({ count: 4 }))]: /has another number of shards: 4/,
      [changed(2, 'shard.json', record({ sizes: {} }))]: /has data of other sizes: \{\}/,
      [changed(2, 'experiment.yaml', (text) => text.replace('epochs: 1', 'epochs: 2'))]:
        /has another document/,
    }
    for (const [folder, message] of Object.entries(others)) {
      await refused([folderOf(1), folder], message)
      await refused([folderOf(1), folder], new RegExp(`merge: ${folder} has`))
    }
  })

  it('that are not done, and folders that hold none', async () => {
    const torn = changed(1, 'runs.jsonl', (text) => `${text.split('\n').slice(0, 4).join('\n')}\n`)
    await refused(
      [folderOf(0), torn, folderOf(2)],
      new RegExp(`shard 1/3 in ${torn} is not done: \\d+ of 18 runs missing; to go on: facet run --resume`),
    )
    await refused([join(base, 'one')], /one: expected the folder of a shard, got none: no shard\.json/)
  })

  it('where a folder of another shard or experiment is to be gone on with', async () => {
    const { code, err } = await facet(...shardArgs(2, folderOf(1)))
    expect([code, err]).toEqual([exitCode.usage, expect.stringContaining('holds shard 1/3, not 2/3')])
    const other = await facet(...shardArgs(1), '--seed', '1')
    expect(other.err).toContain('experiment.yaml is of another experiment')
  })
})

it('a shard that was stopped goes on by facet run --resume as well', async () => {
  const folder = changed(1, 'runs.jsonl', (text) => `${text.split('\n').slice(0, 4).join('\n')}\n`)
  const { code, out, err } = await facet('run', '--resume', folder, '--jobs', '1')
  expect([code, out.split('\n')[0]]).toEqual([
    exitCode.ok,
    'shard 1/3: all 18 runs are done; facet merge puts the shards together',
  ])
  expect(err).toMatch(/^3 of 18 done; left/m)
})
