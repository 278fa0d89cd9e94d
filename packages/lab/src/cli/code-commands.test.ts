import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeNpy, decodeNpz, encodeNpy, key } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { exitCode } from './exit-code.ts'
import { facet } from './testing/facet.ts'

let folder: string
const at = (name: string) => join(folder, name)
const lines = (text: string) => text.trimEnd().split('\n')

const head = 'name,w,x,y,kind\n'

async function train(model: string, file: string, ...more: string[]): Promise<void> {
  const few = ['--epochs', '3', '--hidden', '4', '--bottleneck', '2', '--out', at(model)]
  const { code, err } = await facet('train', '--data', at(file), ...few, ...more)
  expect([code, err]).toEqual([exitCode.ok, expect.any(String)])
}

beforeAll(async () => {
  await startEngine()
  folder = mkdtempSync(join(tmpdir(), 'facet-codes-'))
  const values = key(0).normal([40, 2], 'float64').toArray() as number[][]
  const rows = values.map(([a, b], i) => `r${i},${1000 + a},${b},${a - b},${a > 0 ? 'high' : 'low'}\n`)
  writeFileSync(at('table.csv'), head + rows.join(''))
  writeFileSync(at('holes.csv'), `${head}one,1000,1,2,low\ntwo,1000,,2,high\n`)
  const series = key(1).normal([20, 6], 'float64').toArray() as number[][]
  writeFileSync(at('series.csv'), series.map((row) => `${row.join(',')}\n`).join(''))
  const roles = ['--id', 'name', '--labels', 'kind', '--missing', 'drop']
  await train('columns', 'table.csv', ...roles)
  await train('range', 'table.csv', ...roles, '--normalise', 'range')
  await train('series', 'series.csv', '--normalise', 'series')
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('facet decode', () => {
  it.each(['columns', 'range'])('gives back what reconstruct gives, to the last digit: %s', async (model) => {
    for (const ending of ['csv', 'tsv', 'csv.gz', 'npz']) {
      const codes = at(`codes.${ending}`)
      await facet('encode', at(model), at('table.csv'), '--out', codes)
      const decoded = await facet('decode', at(model), codes)
      const reconstructed = await facet('reconstruct', at(model), at('table.csv'))
      expect(decoded.err).toBe('')
      const numbersOf = (text: string) => lines(text).map((line) => line.split(',').slice(-3))
      expect(numbersOf(decoded.out)).toEqual(numbersOf(reconstructed.out))
      // Arrays keep labels as numbers, and no ids.
      if (ending !== 'npz') expect(decoded.out).toBe(reconstructed.out)
    }
  })

  it('writes the kinds of files that reconstruct writes, with the labels', async () => {
    for (const ending of ['npy', 'npz']) {
      await facet('encode', at('columns'), at('table.csv'), '--out', at(`codes.${ending}`))
      const { code } = await facet(
        'decode',
        at('columns'),
        at(`codes.${ending}`),
        '--out',
        at(`rows.${ending}`),
      )
      expect(code).toBe(exitCode.ok)
      await facet('reconstruct', at('columns'), at('table.csv'), '--out', at(`again.${ending}`))
    }
    expect(decodeNpy(readFileSync(at('rows.npy')))).toEqual(decodeNpy(readFileSync(at('again.npy'))))
    const { decoded, labels } = await decodeNpz(readFileSync(at('rows.npz')))
    const { reconstructions, labels: own } = await decodeNpz(readFileSync(at('again.npz')))
    expect([decoded, labels]).toEqual([reconstructions, own])
  })

  it('keeps the line of a row that could not be encoded, and says so', async () => {
    await facet('encode', at('columns'), at('holes.csv'), '--out', at('codes.csv'))
    const { out, err } = await facet('decode', at('columns'), at('codes.csv'))
    expect(lines(out)[0]).toBe('name,label,w,x,y')
    expect(lines(out)[1]).toMatch(/^one,low,[\d.]+,-?[\d.e-]+,-?[\d.e-]+$/)
    expect(lines(out)[2]).toBe('two,high,,,')
    expect(err).toContain('codes.csv: 1 row left empty, from row 2')
  })

  it('finds columns by their names in any order, and takes all of them where there is no header', async () => {
    writeFileSync(at('named.csv'), 'z2,when,z1\n0.5,2026-01-01,0.25\n')
    writeFileSync(at('bare.csv'), '0.25,0.5\n')
    writeFileSync(at('odd_TRAIN.tsv'), '0.25\t0.5\n')
    const [named, bare, odd] = await Promise.all(
      ['named.csv', 'bare.csv', 'odd_TRAIN.tsv'].map((name) => facet('decode', at('columns'), at(name))),
    )
    expect(lines(named.out)[0]).toBe('when,w,x,y')
    expect(lines(named.out)[1]).toBe(`2026-01-01,${lines(bare.out)[1]}`)
    expect(odd.out).toBe(bare.out)
  })

  it('names columns that are missing and the number of columns that an array should have', async () => {
    writeFileSync(at('short.csv'), 'z1,w\n1,2\n')
    writeFileSync(
      at('wide.npy'),
      encodeNpy({ dtype: 'float32', shape: [1, 3], data: Float32Array.of(1, 2, 3) }),
    )
    const short = await facet('decode', at('columns'), at('short.csv'))
    expect([short.code, short.err]).toEqual([exitCode.usage, expect.stringContaining('"z2" as well')])
    const wide = await facet('decode', at('columns'), at('wide.npy'))
    expect([wide.code, wide.err]).toEqual([
      exitCode.usage,
      expect.stringContaining('expected 2 columns, the codes of the model, got 3'),
    ])
  })

  it("leaves series in the model's units and says so", async () => {
    await facet('encode', at('series'), at('series.csv'), '--out', at('codes.csv'))
    const { code, out, err } = await facet('decode', at('series'), at('codes.csv'))
    expect([code, lines(out).length]).toEqual([exitCode.ok, 21])
    expect(err).toContain("rows stay in the model's units")
  })
})

describe('facet draw codes', () => {
  const draw = (...more: string[]) => facet('draw', 'codes', at('columns'), ...more)

  it('draws a point for each row, with its row, label and ids', async () => {
    const { code, out } = await draw(at('table.csv'), '--out', at('codes.svg'), '--json')
    expect(code).toBe(exitCode.ok)
    expect(JSON.parse(out)).toMatchObject({
      rows: 40,
      encoded: 40,
      drawn: 40,
      classes: ['high', 'low'],
      shares: null,
    })
    const svg = readFileSync(at('codes.svg'), 'utf8')
    expect(svg.match(/<title>row \d+, label (high|low), name r\d+<\/title>/g)).toHaveLength(40)
    expect(svg).toContain('Codes of 40 rows')
  })

  it('draws a random part of many rows, the same for a seed, and says so', async () => {
    const part = async (seed: string) => {
      await draw(at('table.csv'), '--points', '10', '--seed', seed, '--out', at('part.svg'))
      const svg = readFileSync(at('part.svg'), 'utf8')
      expect(svg).toContain(`They are a random part of 40 (seed ${seed}).`)
      return svg.match(/<title>row \d+/g)!
    }
    const [first, again, other] = [await part('1'), await part('1'), await part('2')]
    expect(first).toHaveLength(10)
    expect([first.join() === again.join(), first.join() === other.join()]).toEqual([true, false])
  })

  it('leaves out and counts rows that cannot be encoded', async () => {
    await draw(at('holes.csv'), '--out', at('holes.html'))
    const page = readFileSync(at('holes.html'), 'utf8')
    expect(page).toContain('1 row cannot be encoded and is left out: ')
    expect(page.match(/<title>row /g)).toHaveLength(1)
  })

  it('refuses another ending, and a file without a row that can be encoded', async () => {
    expect((await draw(at('table.csv'), '--out', at('codes.pdf'))).err).toContain(
      'ends in .svg or .png or .html',
    )
    writeFileSync(at('empty.csv'), `${head}two,1000,,2,high\n`)
    const none = await draw(at('empty.csv'), '--out', at('codes.svg'))
    expect([none.code, none.err]).toEqual([
      exitCode.usage,
      expect.stringContaining('expected rows that can be encoded'),
    ])
  })
})
