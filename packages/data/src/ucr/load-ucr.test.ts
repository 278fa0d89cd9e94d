import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { init } from '@facet/tensor'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadUcr } from './load-ucr.ts'

const train = '1\t1\t2\t3\n2\t30\t20\t10\n'
const test = '2\t4\t6\t5\n'

let folder: string
const put = (file: string, content: string | Buffer) => writeFile(join(folder, file), content)

beforeAll(() => init())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facet-ucr-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('loadUcr', () => {
  it('loads both parts, z-normalised', async () => {
    await put('Toy_TRAIN.tsv', train)
    await put('Toy_TEST.tsv', test)
    const set = await loadUcr(folder, 'Toy')
    expect(set.name).toBe('Toy')
    expect(set.train.toArray()).toEqual([
      [-1, 0, 1],
      [1, 0, -1],
    ])
    expect(set.test.toArray()).toEqual([[-1, 1, 0]])
    expect([...set.trainLabels, ...set.testLabels]).toEqual([1, 2, 2])
  })

  it('loads gzipped parts from a folder of their own, unnormalised in float64', async () => {
    await mkdir(join(folder, 'Toy'))
    await put('Toy/Toy_TRAIN.tsv.gz', gzipSync(train))
    await put('Toy/Toy_TEST.tsv.gz', gzipSync(test))
    const set = await loadUcr(folder, 'Toy', { normalisation: 'none', dtype: 'float64' })
    expect(set.train.toArray()).toEqual([
      [1, 2, 3],
      [30, 20, 10],
    ])
    expect(set.train.dtype).toBe('float64')
  })

  it('names the missing part and where it was looked for', async () => {
    await put('Toy_TRAIN.tsv', train)
    await expect(loadUcr(folder, 'Toy')).rejects.toThrow(
      `loadUcr: Toy: no TEST part: expected Toy_TEST.tsv or Toy_TEST.tsv.gz in ${folder} or ${join(folder, 'Toy')}, got none`,
    )
  })

  it('names file and line of a constant series', async () => {
    await put('Toy_TRAIN.tsv', train)
    await put('Toy_TEST.tsv', `${test}1\t7\t7\t7\n`)
    await expect(loadUcr(folder, 'Toy')).rejects.toThrow(
      /Toy_TEST\.tsv line 2: .*got 3 values all equal to 7/,
    )
  })

  it('reads a flat series as zeros where it is asked to, and says which', async () => {
    await put('Toy_TRAIN.tsv', train)
    await put('Toy_TEST.tsv', `${test}1\t7\t7\t7\n`)
    await expect(loadUcr(folder, 'Toy')).rejects.toThrow(
      "the option flat: 'zero' reads equal values as zeros",
    )
    const set = await loadUcr(folder, 'Toy', { flat: 'zero' })
    expect(set.test.toArray()).toEqual([
      [-1, 1, 0],
      [0, 0, 0],
    ])
    expect(set.flat).toEqual({ train: [], test: [1] })
  })

  it('normalises what is there of series with missing values and several lengths', async () => {
    await put('Toy_TRAIN.tsv', '1\t1\tNaN\t2\t3\n2\t30\t20\t10\n')
    await put('Toy_TEST.tsv', test)
    await expect(loadUcr(folder, 'Toy')).rejects.toThrow(
      /line 1: value 2: .*1 value is missing in 1 of 2 series/,
    )
    const set = await loadUcr(folder, 'Toy', { missing: 'keep', lengths: 'keep' })
    expect(set.train.toArray()).toEqual([
      [-1, Number.NaN, 0, 1],
      [1, 0, -1, Number.NaN],
    ])
    expect(set.test.toArray()).toEqual([[-1, 1, 0, Number.NaN]])
  })

  it('names a file that is none of series', async () => {
    await put('Toy_TRAIN.tsv', '<!DOCTYPE html>')
    await expect(loadUcr(folder, 'Toy')).rejects.toThrow('found a web page (HTML)')
  })

  it('passes on the place of a malformed value', async () => {
    await put('Toy_TRAIN.tsv', train)
    await put('Toy_TEST.tsv', '1\t2\tx\t3\n')
    await expect(loadUcr(folder, 'Toy')).rejects.toThrow(
      /Toy_TEST\.tsv line 1: value 2: expected a finite number, got "x"/,
    )
  })

  it('refuses parts of different length', async () => {
    await put('Toy_TRAIN.tsv', train)
    await put('Toy_TEST.tsv', '1\t2\t3\n')
    await expect(loadUcr(folder, 'Toy')).rejects.toThrow('got 3 values in TRAIN and 2 in TEST')
  })

  it('unzips a file that lost its .gz', async () => {
    await put('Toy_TRAIN.tsv', gzipSync(train))
    await put('Toy_TEST.tsv', test)
    expect((await loadUcr(folder, 'Toy')).train.shape[1]).toBe(3)
  })

  it('refuses options that it does not know', async () => {
    await expect(loadUcr(folder, 'Toy', { normalization: 'none' } as object)).rejects.toThrow(
      "loadUcr: unknown option 'normalization'; did you mean 'normalisation'?",
    )
    await expect(loadUcr(folder, 'Toy', { normalisation: 'z' as 'none' })).rejects.toThrow(
      "loadUcr: normalisation: expected one of series, none, got 'z'",
    )
  })

  it('names a damaged gzip file', async () => {
    await put('Toy_TRAIN.tsv', train)
    await put('Toy_TEST.tsv.gz', gzipSync(test).subarray(0, 12))
    await expect(loadUcr(folder, 'Toy')).rejects.toThrow(/Toy_TEST\.tsv\.gz: expected a gzip file/)
  })
})
