import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { expectOneOf, expectOptions } from '@facet/tensor/checks'
import { type Dataset, type FloatDType, floatDTypes } from '../dataset.ts'
import { rowsToTensor } from '../rows.ts'
import { zNormaliseRows } from '../z-normalise.ts'
import { parseUcr, type UcrFile } from './parse-ucr.ts'

const unzip = promisify(gunzip)

export interface LoadUcrOptions {
  /** `series` (default): each series gets mean 0 and sample standard deviation 1. `none`: as in the files. */
  readonly normalisation?: 'series' | 'none'
  /** Default float32. */
  readonly dtype?: FloatDType
}

const parts = ['TRAIN', 'TEST'] as const

/** The bytes of the first of `paths` that exists. */
async function readFirst(paths: readonly string[]): Promise<{ path: string; bytes: Buffer } | undefined> {
  for (const path of paths) {
    try {
      return { path, bytes: await readFile(path) }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error
    }
  }
  return undefined
}

async function readPart(folder: string, name: string, part: (typeof parts)[number]): Promise<UcrFile> {
  const file = `${name}_${part}.tsv`
  const found = await readFirst([
    join(folder, file),
    join(folder, `${file}.gz`),
    join(folder, name, file),
    join(folder, name, `${file}.gz`),
  ])
  if (!found) {
    throw new Error(
      `loadUcr: ${name}: no ${part} part: expected ${file} or ${file}.gz in ${folder} or ${join(folder, name)}, got none`,
    )
  }
  const { path, bytes } = found
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b
  if (!path.endsWith('.gz') && !isZipped) return parseUcr(bytes.toString('utf8'), path)
  const plain = await unzip(bytes).catch((error: Error) => {
    throw new Error(`loadUcr: ${path}: expected a gzip file, got: ${error.message}`)
  })
  return parseUcr(plain.toString('utf8'), path)
}

/**
 * Loads a set of the UCR archive from files on disk: `<name>_TRAIN.tsv` and `<name>_TEST.tsv`, gzipped or not, in
 * `folder` or in `folder/<name>` (the archive's own layout).
 *
 * @throws if a part is missing or damaged, the parts differ in length, a series is constant under z-normalisation, or an
 *   option is unknown
 * @example
 * const folder = await mkdtemp(join(tmpdir(), 'ucr-'))
 * for (const part of ['TRAIN', 'TEST']) await writeFile(join(folder, `Toy_${part}.tsv`), '1\t0\t1\t2\n2\t2\t1\t0\n')
 * const { train, test } = await loadUcr(folder, 'Toy')   // [2, 3] each
 */
export async function loadUcr(folder: string, name: string, options: LoadUcrOptions = {}): Promise<Dataset> {
  expectOptions('loadUcr', options, ['normalisation', 'dtype'])
  const { normalisation = 'series', dtype = 'float32' } = options
  expectOneOf('loadUcr', 'normalisation', normalisation, ['series', 'none'])
  expectOneOf('loadUcr', 'dtype', dtype, floatDTypes)
  const [train, test] = await Promise.all(parts.map((part) => readPart(folder, name, part)))
  if (train.length !== test.length) {
    throw new Error(
      `loadUcr: ${name}: expected series of one length, got ${train.length} values in TRAIN and ${test.length} in TEST`,
    )
  }
  if (normalisation === 'series') {
    for (const [i, rows] of [train, test].entries()) {
      zNormaliseRows('loadUcr', rows, (row) => `${name}_${parts[i]}.tsv line ${row + 1}`)
    }
  }
  return {
    name,
    train: rowsToTensor(train, dtype),
    test: rowsToTensor(test, dtype),
    trainLabels: train.labels,
    testLabels: test.labels,
  }
}
