import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { init } from '@facet/tensor'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadUcr } from './load-ucr.ts'
import { listUcr } from './series-files.ts'

let folder: string
const put = (file: string, content: string | Uint8Array) => writeFile(join(folder, file), content)

const tsv = '1\t1\t2\t3\n2\t30\t20\t10\n'
const txt = '  1.0000000e+00   1.0000000e+00   2.0000000e+00   3.0000000e+00\n  2 30 20 10\n'
const ts = '# a toy\n@problemName Toy\n@classLabel true 1 2\n@data\n1,2,3:1\n30,20,10:2\n'

beforeAll(() => init())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facet-ucr-files-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('loadUcr', () => {
  const forms: [string, string][] = [
    ['tsv', tsv],
    ['txt', txt],
    ['ts', ts],
  ]
  it.each(forms)('loads .%s, zipped or not, to the same numbers', async (ending, text) => {
    await put(`Toy_TRAIN.${ending}`, text)
    await put(`Toy_TEST.${ending}.gz`, gzipSync(text))
    const { train, test, trainLabels, testLabels } = await loadUcr(folder, 'Toy')
    expect(train.toArray()).toEqual([
      [-1, 0, 1],
      [1, 0, -1],
    ])
    expect(test.toArray()).toEqual(train.toArray())
    expect([...trainLabels, ...testLabels]).toEqual([1, 2, 1, 2])
  })

  it('names the line of a constant series behind a header and a sub-sample', async () => {
    await put('Toy_TRAIN.ts', `${ts}5,5,5:1\n`)
    await put('Toy_TEST.ts', ts)
    await expect(loadUcr(folder, 'Toy')).rejects.toThrow(
      /Toy_TRAIN\.ts line 7: .*got 3 values all equal to 5/,
    )
    await put('Toy_TRAIN.tsv', tsv + '1\t5\t5\t5\n'.repeat(400))
    await put('Toy_TEST.tsv', tsv)
    await expect(loadUcr(folder, 'Toy', { sample: { count: 3, seed: 0 } })).rejects.toThrow(
      /Toy_TRAIN\.tsv line \d+: .*all equal to 5/,
    )
  })

  it('sub-samples both parts', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `${i}\t${i}\t${i + 1}\t${i + 3}\n`)
    await put('Toy_TRAIN.tsv', lines.join(''))
    await put('Toy_TEST.tsv', lines.slice(0, 3).join(''))
    const { train, test, trainLabels } = await loadUcr(folder, 'Toy', {
      sample: { count: 10, seed: 2 },
      normalisation: 'none',
    })
    expect([train.shape, test.shape]).toEqual([
      [10, 3],
      [3, 3],
    ])
    expect((train.toArray() as number[][]).map(([first]) => first)).toEqual([...trainLabels])
  })

  it('refuses parts whose classes differ, and series without classes', async () => {
    await put('Toy_TRAIN.ts', ts.replaceAll('1 2', 'a b').replace(':1', ':a').replace(':2', ':b'))
    await put('Toy_TEST.ts', ts)
    await expect(loadUcr(folder, 'Toy')).rejects.toThrow(
      'loadUcr: Toy: expected the same classes in both parts, got a, b in TRAIN and whole numbers in TEST',
    )
    await put('Toy_TRAIN.ts', '@data\n1,2,3\n')
    await expect(loadUcr(folder, 'Toy')).rejects.toThrow(/Toy_TRAIN\.ts: expected series with classes/)
  })

  it('hints at the set that is meant', async () => {
    await put('Trace_TRAIN.tsv', tsv)
    await expect(loadUcr(folder, 'Trase')).rejects.toThrow("did you mean 'Trace'?")
  })
})

describe('listUcr', () => {
  it('names sets in any form, in the folder or in one of their own', async () => {
    await put('B_TRAIN.txt.gz', '')
    await put('B_TEST.txt.gz', '')
    await put('C_TEST.tsv', '')
    await put('notes.md', '')
    await mkdir(join(folder, 'A'))
    await put('A/A_TRAIN.ts', '')
    await mkdir(join(folder, 'D'))
    await put('D/A_TRAIN.ts', '')
    expect(await listUcr(folder)).toEqual(['A', 'B'])
  })

  it('refuses what is no folder', async () => {
    await expect(listUcr(join(folder, 'nowhere'))).rejects.toThrow(/^listUcr: .*nowhere: expected a folder/)
  })
})
