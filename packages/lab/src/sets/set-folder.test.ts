import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { loadSet } from './data-sets.ts'
import { setFiles } from './set-folder.ts'
import { checkSetNames } from './set-names.ts'

beforeAll(() => startEngine())

let data: string
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'facet-set-folder-'))
})
afterEach(() => rmSync(data, { recursive: true }))

const rows = '1\t0\t1\t2\t5\n2\t3\t1\t0\t1\n'
function write(folder: string, ...names: readonly string[]): void {
  mkdirSync(join(data, folder), { recursive: true })
  for (const name of names) writeFileSync(join(data, folder, name), rows)
}

describe('the files of a set', () => {
  it.each(['.', 'Toy', 'ucr', 'ucr/Toy'])('are found in %s of the data folder', async (where) => {
    write(where, 'Toy_TRAIN.tsv', 'Toy_TEST.tsv')
    expect(setFiles(data, 'Toy')).toEqual({
      folder: join(data, where),
      training: ['Toy_TRAIN.tsv'],
      missing: [],
    })
    await expect(checkSetNames(['Toy'], data)).resolves.toBeUndefined()
    const { train, test } = await loadSet('Toy', { data, seed: 0, samples: null })
    expect([train.shape, test.shape]).toEqual([
      [2, 4],
      [2, 4],
    ])
  })

  it('are those of the data folder itself where several have them', () => {
    write('old', 'Toy_TRAIN.tsv', 'Toy_TEST.tsv')
    write('.', 'Toy_TRAIN.tsv')
    expect(setFiles(data, 'Toy')).toMatchObject({ folder: data, missing: [join(data, 'Toy_TEST.tsv')] })
  })

  it('are those of another set in no case: names are taken whole', async () => {
    write('ucr', 'Toy2_TRAIN.tsv', 'aToy_TRAIN.tsv', 'Toy_TRAIN.csv')
    expect(setFiles(data, 'Toy').folder).toBeNull()
    await expect(checkSetNames(['Toy'], data)).rejects.toThrow(/no Toy_TRAIN\.tsv .*did you mean/)
    await expect(checkSetNames(['CIFAR10'], data)).rejects.toThrow(
      `no ${join(data, 'data_batch_1.bin')}, gzipped or not`,
    )
  })
})
