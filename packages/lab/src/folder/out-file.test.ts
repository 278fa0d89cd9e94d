import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { kindByEnding } from './out-ending.ts'
import { inOut } from './out-file.ts'
import { expectNotRead, outTarget } from './out-target.ts'
import { inTextTable, textTableKinds } from './text-table.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facet-out-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const nobody = { write: () => expect.unreachable('nothing is written to the output') }
const at = (name: string): string => join(folder, name)
const write = (out: string, text = 'new'): Promise<void> => inOut(out, nobody, (file) => file.write(text))
const failing = (out: string): Promise<void> =>
  inOut(out, nobody, (file) => {
    file.write('half')
    throw new Error('under way')
  })

describe('a file that is written', () => {
  it('is whole, with nothing beside it, and the command output gets what has no file', async () => {
    await write(at('a.csv'))
    expect(readFileSync(at('a.csv'), 'utf8')).toBe('new')
    expect(readdirSync(folder)).toEqual(['a.csv'])
    let text = ''
    for (const out of [undefined, '-'])
      await inOut(out, { write: (more) => (text += more) }, (f) => f.write('x'))
    expect(text).toBe('xx')
  })

  it('stays as it was where the work fails', async () => {
    writeFileSync(at('a.csv'), 'old')
    await expect(failing(at('a.csv'))).rejects.toThrow('under way')
    await expect(failing(at('b.csv'))).rejects.toThrow('under way')
    expect(readFileSync(at('a.csv'), 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['a.csv'])
  })

  it.each([0o600, 0o640, 0o755])('keeps its rights, %o', async (mode) => {
    writeFileSync(at('a.csv'), 'old')
    chmodSync(at('a.csv'), mode)
    await write(at('a.csv'))
    expect(statSync(at('a.csv')).mode & 0o7777).toBe(mode)
  })

  it('is reached through links, which stay, to a file that is there or is not', async () => {
    mkdirSync(at('elsewhere'))
    writeFileSync(at('elsewhere/real.csv'), 'old')
    symlinkSync('elsewhere/real.csv', at('link.csv'))
    symlinkSync('link.csv', at('second.csv'))
    symlinkSync('elsewhere/later.csv', at('dangling.csv'))
    await write(at('second.csv'))
    await write(at('dangling.csv'), 'made')
    expect(readFileSync(at('elsewhere/real.csv'), 'utf8')).toBe('new')
    expect(readFileSync(at('elsewhere/later.csv'), 'utf8')).toBe('made')
    expect(lstatSync(at('dangling.csv')).isSymbolicLink()).toBe(true)
    expect([readlinkSync(at('second.csv')), readlinkSync(at('link.csv'))]).toEqual([
      'link.csv',
      'elsewhere/real.csv',
    ])
    expect(readdirSync(at('elsewhere')).sort()).toEqual(['later.csv', 'real.csv'])
  })
})

describe('what is no file', () => {
  it('is written into: a pipe gets the text and stays a pipe', async () => {
    execFileSync('mkfifo', [at('pipe')])
    const reader = spawn('cat', [at('pipe')])
    let text = ''
    reader.stdout.on('data', (chunk) => (text += chunk))
    const ended = once(reader, 'close')
    await write(at('pipe'), 'x'.repeat(200_000))
    await ended
    expect(text.length).toBe(200_000)
    expect(lstatSync(at('pipe')).isFIFO()).toBe(true)
  })

  it('stays a device', async () => {
    await write('/dev/null')
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
    symlinkSync('/dev/null', at('nowhere'))
    await write(at('nowhere'))
    expect(readlinkSync(at('nowhere'))).toBe('/dev/null')
  })

  it('is told apart from files by where its links lead', () => {
    expect(outTarget('/dev/stdout')).toEqual({ kind: 'descriptor', number: 1 })
    expect(outTarget('/dev/fd/3')).toEqual({ kind: 'descriptor', number: 3 })
    expect(outTarget('/dev/null')).toEqual({ kind: 'stream', path: '/dev/null' })
    symlinkSync('/proc/self/fd/2', at('errors'))
    expect(outTarget(at('errors'))).toEqual({ kind: 'descriptor', number: 2 })
  })
})

describe('a target that cannot be is refused before the work', () => {
  it('a folder, a folder that is not there, a file in the place of a folder, links in a circle', () => {
    writeFileSync(at('file'), '')
    symlinkSync('b', at('a'))
    symlinkSync('a', at('b'))
    expect(() => outTarget(folder)).toThrow(`--out: expected a file, got the folder ${folder}`)
    expect(() => outTarget(at('no/a.csv'))).toThrow(
      /--out: cannot write .*no\/a.csv: ENOENT: there is no such/,
    )
    expect(() => outTarget(at('file/a.csv'))).toThrow(/ENOTDIR: a file is where a folder is expected/)
    expect(() => outTarget(at('a'))).toThrow(/ELOOP/)
  })

  it('a file that the command reads, whatever it is called there, or one in the folder of the model', () => {
    writeFileSync(at('new.csv'), 'precious')
    symlinkSync('new.csv', at('link.csv'))
    mkdirSync(at('model'))
    writeFileSync(at('model/model.json'), '{}')
    for (const [out, input] of [
      ['new.csv', 'new.csv'],
      ['link.csv', 'new.csv'],
      ['new.csv', 'link.csv'],
      ['model/model.json', 'model'],
    ]) {
      const target = outTarget(at(out))
      expect(() => expectNotRead(target, ['random:2-4-1', at(input)])).toThrow(/is read by this command/)
    }
    expectNotRead(outTarget(at('model/scores.csv')), [at('model'), at('new.csv')])
    expectNotRead(outTarget(at('other.csv')), [at('new.csv'), 'x'.repeat(5000)])
  })
})

describe('an ending', () => {
  const kinds = { '.csv': 'text', '.csv.gz': 'packed', '.npy': 'array' }

  it('says which kind of file is written', () => {
    const found = ['a.csv', 'A.CSV', 'a.b.csv.gz', 'a.npy', 'folder.npy/a', undefined, '-', '/dev/null']
    expect(found.map((out) => kindByEnding(out, kinds))).toEqual([
      ...['text', 'text', 'packed', 'array', 'text', 'text', 'text', 'text'],
    ])
  })

  it.each(['a.parquet', 'a.npz', 'a.xlsx', 'a.json', 'a.npy.gz', 'a.v2'])('refuses %s', (out) => {
    expect(() => kindByEnding(at(out), kinds)).toThrow(
      /--out: expected a file that ends in .csv, .csv.gz, .npy, got .*: nothing else is written under that ending/,
    )
  })
})

describe('a table as text', () => {
  const lines = [
    ['a', 'b'],
    ['x,"y"', 'p\tq'],
  ]
  const table = async (name: string): Promise<void> =>
    inTextTable(at(name), kindByEnding(at(name), textTableKinds), nobody, (sink) => lines.forEach(sink.line))

  it('parts its cells by commas or tabs, and packs what ends in .gz', async () => {
    for (const name of ['a.csv', 'a.tsv', 'a.csv.gz']) await table(name)
    expect(readFileSync(at('a.csv'), 'utf8')).toBe('a,b\n"x,""y""",p\tq\n')
    expect(readFileSync(at('a.tsv'), 'utf8')).toBe('a\tb\n"x,""y"""\t"p\tq"\n')
    expect(gunzipSync(readFileSync(at('a.csv.gz'))).toString()).toBe(readFileSync(at('a.csv'), 'utf8'))
    expect(readdirSync(folder).sort()).toEqual(['a.csv', 'a.csv.gz', 'a.tsv'])
  })

  it('is one file of several packed pieces where it is long', async () => {
    const line = 'x'.repeat(1000)
    await inTextTable(at('a.csv.gz'), textTableKinds['.csv.gz'], nobody, (sink) => {
      for (let i = 0; i < 3000; i++) sink.line([line, i])
    })
    const text = gunzipSync(readFileSync(at('a.csv.gz'))).toString()
    expect(text.split('\n').length).toBe(3001)
    expect(text.endsWith(`${line},2999\n`)).toBe(true)
  })
})
