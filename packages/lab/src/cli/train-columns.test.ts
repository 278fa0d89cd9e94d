import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exitCode } from './exit-code.ts'
import { facet } from './testing/facet.ts'

let folder: string
const at = (name: string) => join(folder, name)

/** Whole numbers that look drawn. */
const drawn = (i: number, j: number): number => (i * 7919 + j * 104729 + i * i * 31) % 101

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-columns-'))
  const rows = Array.from({ length: 60 }, (_, i) => {
    const [a, b] = [drawn(i, 1) / 10, drawn(i, 2) / 10]
    return `${i},s${i},${i === 7 ? '' : a},${b},${(a + b).toFixed(2)},7,${i % 5 === 0 ? 1 : 0}`
  })
  writeFileSync(at('table.csv'), `row,name,a,b,sum,flat,Class\n${rows.join('\n')}\n`)
  const times = Array.from({ length: 120 }, (_, i) => {
    const hour = String(Math.floor((i % 60) / 3)).padStart(2, '0')
    const minute = String(((i % 60) % 3) * 20).padStart(2, '0')
    const value = (Math.sin(i / 5) + 0.01 * drawn(i, 3)).toFixed(3)
    return `2024-03-0${1 + Math.floor(i / 60)} ${hour}:${minute}:00,${i < 60 ? 'north' : 'south'},${value},${drawn(i, 4)}`
  })
  writeFileSync(at('log.csv'), `when,site,level,noise\n${times.join('\n')}\n`)
})
afterAll(() => rmSync(folder, { recursive: true }))

async function trained(file: string, out: string, ...flags: string[]) {
  const small = ['--epochs', '2', '--hidden', '8', '--bottleneck', '1']
  const { code, err } = await facet('train', '--data', at(file), '--out', at(out), ...small, ...flags)
  if (code !== exitCode.ok) return { code, err, told: err, config: null }
  const config = JSON.parse(readFileSync(join(at(out), 'model.json'), 'utf8'))
  return { code, err, told: err.replace(/\s+/g, ' '), config }
}

describe('facet train on a table', () => {
  const usual = ['--id', 'name', '--labels', 'Class', '--where', 'Class=0', '--missing', 'median']

  it('uses the columns and rows that are asked for, lists them with their ranges, and remembers how', async () => {
    const { told, config } = await trained('table.csv', 'asked', ...usual, '--columns', 'sum,a')
    expect(told).toContain('48 rows of 60 × 2')
    expect(told).toMatch(/column smallest largest missing ─+ sum [\d.]+ [\d.]+ 0 a [\d.]+ [\d.]+ 1/)
    expect(told).toContain('1 value (a 1); filled in with the median of the column in the training part')
    expect(config.preparation).toMatchObject({ columns: ['sum', 'a'], width: 2, missing: { rule: 'median' } })
    expect(config.settings.data).toMatchObject({
      columns: ['sum', 'a'],
      id: ['name'],
      labels: 'Class',
      where: [{ column: 'Class', is: '=', value: '0' }],
    })
  })

  it('tells a column of milliseconds from a constant', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${1684000000000 + i},${i % 7}\n`)
    writeFileSync(at('milliseconds.csv'), `ms,x\n${rows.join('')}`)
    const { told } = await trained('milliseconds.csv', 'milliseconds')
    expect(told).toContain('ms 1684000000000 1684000000029 x 0 6')
  })

  it('warns of columns that count and of constant ones, and leaves out what is dropped', async () => {
    const all = await trained('table.csv', 'all', ...usual)
    expect(all.config.data.columnNames).toEqual(['row', 'a', 'b', 'sum', 'flat'])
    expect(all.told).toMatch(
      /warning row: each value is larger than the one before.*warning|flat: all values/,
    )
    expect(all.config.data.warnings).toEqual([
      expect.stringContaining('flat: all values are equal'),
      expect.stringContaining('row: each value is larger than the one before'),
    ])
    const { config } = await trained('table.csv', 'dropped', ...usual, '--drop', 'row,flat')
    expect([config.data.columnNames, config.data.warnings]).toEqual([['a', 'b', 'sum'], []])
  })

  it('refuses missing values with their number by column, or leaves out and counts their rows', async () => {
    const flags = ['--id', 'name,row', '--labels', 'Class']
    const { code, err } = await trained('table.csv', 'never', ...flags)
    expect([code, err]).toEqual([
      exitCode.usage,
      expect.stringMatching(/missing.*a.* 1\b.*--missing drop\|mean/s),
    ])
    const { config, told } = await trained('table.csv', 'fewer', ...flags, '--missing', 'drop')
    expect(told).toContain('not used 1 row: ')
    expect(told).toContain('(row 8)')
    const { trainRows, validationRows, unusable } = config.data
    expect([trainRows + validationRows, unusable]).toEqual([59, 1])
  })

  it('takes conditions that are repeated, and refuses what is none', async () => {
    const flags = ['--columns', 'a,b', '--missing', 'mean', '--where', 'Class=0', '--where', 'b>2,b<=9']
    const { config } = await trained('table.csv', 'where', ...flags)
    expect(config.settings.data.where).toHaveLength(3)
    const { code, err } = await trained('table.csv', 'never', '--where', 'Class')
    expect([code, err]).toEqual([exitCode.usage, expect.stringContaining('expected COLUMN=VALUE')])
  })
})

describe('facet train on a long series', () => {
  it('takes windows of each group in the order of the column of dates, and holds the last ones out', async () => {
    const flags = ['--group', 'site', '--window', '12', '--stride', '6']
    const { told, config } = await trained('log.csv', 'log', ...flags)
    expect(told).toContain('the time is in "when"')
    expect(told).toContain('18 of 12 rows × 2, one every 6 rows, from 2 series')
    expect(config.settings).toMatchObject({ window: 12, stride: 6, split: 'time', normalise: 'columns' })
    expect(config.data).toMatchObject({ columns: 2, inputs: 24, items: 18, series: 2 })
    expect(config.preparation.window).toEqual({ length: 12, stride: 6 })
    const { out } = await facet('inspect', join(at('log'), 'model.safetensors'))
    expect(out.replace(/\s+/g, ' ')).toContain('when (time); site (group)')
  })

  it('has a stride of a quarter of the window, and refuses a stride without one and a window without rows', async () => {
    const { config } = await trained('log.csv', 'quarter', '--group', 'site', '--window', '20')
    expect(config.settings.stride).toBe(5)
    const alone = await trained('log.csv', 'never', '--group', 'site', '--stride', '5')
    expect([alone.code, alone.err]).toEqual([
      exitCode.usage,
      expect.stringContaining('--stride: expected --window'),
    ])
    const long = await trained('log.csv', 'never', '--group', 'site', '--window', '61')
    expect([long.code, long.err]).toEqual([exitCode.usage, expect.stringContaining('log.csv')])
  })
})
