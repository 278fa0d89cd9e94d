import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeNpy, encodeNpz } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idxBytes } from '../testing/idx-bytes.ts'
import { ascii } from '../testing/parse-bytes.ts'
import { type LoadSamplesOptions, parseSamples } from './load-samples.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facet-kinds-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function parse(name: string, bytes: Uint8Array | string, options: LoadSamplesOptions = {}) {
  await writeFile(join(folder, name), bytes)
  return parseSamples(join(folder, name), options)
}

const asSeries = 'taken for series of the UCR archive: the first number of each line is its label'

/** A label and a wave a line. */
const waves = (separator: string): string =>
  Array.from({ length: 12 }, (_, i) =>
    [1 + (i % 2), ...Array.from({ length: 20 }, (_, t) => (3 + Math.sin(i + t / 3)).toFixed(4))].join(
      separator,
    ),
  ).join('\n')

describe('what a text is taken for', () => {
  it('is a table where lines are no series, whatever the file is called', async () => {
    const table = await parseSamples(fixture('patients_train.tsv'))
    expect([table.count, table.length, table.labels]).toEqual([60, 4, null])
    await copyFile(fixture('patients_train.tsv'), join(folder, 'PATIENTS_TRAIN.tsv'))
    const named = await parseSamples(join(folder, 'PATIENTS_TRAIN.tsv'))
    expect([named.length, named.labels]).toEqual([4, null])
    expect(named.notes[0]).toMatch(/^taken for a table in spite of its name, as /)
    const headed = await parse('Data_TRAIN.tsv', 'age\tbp\n30\t120\n40\t130\n')
    expect(headed.columns).toEqual(['age', 'bp'])
  })

  it('is series with labels where all lines look so, whatever the file is called', async () => {
    const { length, labels, notes } = await parseSamples(fixture('series.tsv'))
    expect([length, labels?.length, notes]).toEqual([40, 12, [asSeries]])
    for (const [name, separator] of [
      ['waves.csv', ','],
      ['waves.txt', '  '],
      ['waves', '\t'],
    ]) {
      const samples = await parse(name, waves(separator))
      expect([samples.length, samples.notes]).toEqual([20, [asSeries]])
    }
  })

  it('is a table where options name columns or say so', async () => {
    for (const options of [{ labels: 0 }, { drop: [3] }, { header: 'no' }, { format: 'csv' }] as const) {
      const { columns, notes } = await parse('waves.csv', waves(','), options)
      expect(columns).toBeNull()
      expect(notes).not.toContain(asSeries)
    }
  })

  it('is a table where the first column counts, or is no class', async () => {
    const rows = (first: (i: number) => number) =>
      waves(',')
        .split('\n')
        .map((line, i) => line.replace(/^\d/, String(first(i))))
        .join('\n')
    for (const first of [(i: number) => i, (i: number) => i + 0.5, () => 7]) {
      expect((await parse('counted.csv', rows(first))).length).toBe(21)
    }
  })

  it('is ARFF or .ts by its first words, arrays by their first bytes', async () => {
    const arff = await parse('a.csv', '% c\n@RELATION r\n@attribute x real\n@data\n1\n')
    expect(arff.columns).toEqual(['x'])
    expect(arff.notes).toContain('taken for an ARFF file by its first bytes, whatever its name')
    expect((await parse('b.txt', '@problemName p\n@classLabel false\n@data\n1,2\n')).length).toBe(2)
    const x = { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) } as const
    for (const bytes of [encodeNpy(x), await encodeNpz({ x }), idxBytes(8, [2, 3], [1, 2, 3, 4, 5, 6])]) {
      expect([...(await parse('c.csv', bytes)).values]).toEqual([1, 2, 3, 4, 5, 6])
    }
    expect((await parse('d.txt', '@handle,x\n1,2\n')).columns).toEqual(['@handle', 'x'])
  })

  it('is read where it is of the archive: ARFF, missing values, lines that end in a carriage return', async () => {
    const arff = await parseSamples(fixture('ucr.arff'))
    expect([arff.count, arff.length, arff.labels?.length]).toEqual([12, 40, 12])
    for (const name of ['Miss_TRAIN.tsv', 'missing.ts.gz']) {
      await expect(parseSamples(fixture(name))).rejects.toThrow('12 values are missing in 12 of 12 series')
      const { values } = await parseSamples(fixture(name), { missing: 'keep' })
      expect(values.filter(Number.isNaN)).toHaveLength(12)
    }
    expect((await parseSamples(fixture('cr.csv'))).count).toBe(12)
  })
})

const zip = (...names: string[]): Buffer =>
  Buffer.concat(
    names.map((name) => {
      const header = Buffer.alloc(30)
      header.write('PK\x03\x04', 'latin1')
      header.writeUInt16LE(name.length, 26)
      return Buffer.concat([header, Buffer.from(name)])
    }),
  )
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const cifar100 = new Uint8Array(3074 * 3).fill(7)

describe('a file that is not what it should be', () => {
  const foreign: [string, string | Uint8Array, RegExp][] = [
    ['zip.csv', zip('data.csv'), /found a zip file, in it data\.csv; unpack it and name the file in it/],
    ['mac.csv', zip('__MACOSX/._a.csv', 'a.csv'), /found a zip file, in it __MACOSX\/\._a\.csv, a\.csv/],
    [
      'book.csv',
      zip('[Content_Types].xml', 'xl/workbook.xml'),
      /found an Excel workbook \(\.xlsx\).*save it as CSV/,
    ],
    ['model.bin', zip('archive/data.pkl'), /found a file of PyTorch/],
    ['page.tsv', '\n<!DOCTYPE html>\n<html>', /found a web page \(HTML\); download the file itself/],
    ['page.npy', '<html><body>404', /found a web page/],
    ['x.json', '{"a": [1, 2]}', /found JSON; write it as CSV/],
    ['x.csv', '[[1, 2], [3, 4]]', /found JSON;/],
    ['lines.csv', '{"a": 1}\n{"a": 2}\n', /found JSON lines/],
    [
      'lfs.npy',
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\n',
      /found a pointer of Git LFS.*git lfs pull/,
    ],
    ['annex.npy', '../.git/annex/objects/aa/bb', /found a pointer of git-annex/],
    ['p.csv', latin1('PAR1\x15\0\x15'), /found a Parquet file/],
    ['h.csv', latin1('\x89HDF\r\n\x1a\n'), /found an HDF5 file/],
    ['m.mat', latin1('MATLAB 5.0 MAT-file\0'), /found a MATLAB file/],
    ['pickle.csv', latin1('\x80\x04\x95'), /found a pickle of Python/],
    ['old.csv', latin1('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), /found an old Office file/],
    ['wide.csv', latin1('\xff\xfea\0,\0b\0'), /found text in UTF-16; save it as UTF-8/],
    ['x.csv.bz2', latin1('BZh91AY&SY'), /found a file packed by bzip2; unpack it/],
    ['x.csv.xz', latin1('\xfd7zXZ\0'), /found a file packed by xz/],
    ['x.tar', Buffer.concat([Buffer.alloc(257, 97), latin1('ustar')]), /found a tar archive/],
    ['train.bin', cifar100, /found CIFAR-100: records of 3074 bytes/],
    ['x.svm', '1 1:0.5 3:2\n', /found sparse samples in the form of LIBSVM/],
    ['x.xml', '<?xml version="1.0"?><a/>', /found XML/],
  ]
  it.each(foreign)('is named: %s', async (name, bytes, message) => {
    await expect(parse(name, bytes)).rejects.toThrow(message)
  })

  it('is named in the fixtures', async () => {
    await expect(parseSamples(fixture('html.csv'))).rejects.toThrow('a web page (HTML)')
    await expect(parseSamples(fixture('zip_as_csv.csv'))).rejects.toThrow('a zip file, in it data.csv')
    await expect(parseSamples(fixture('double.csv.gz'))).rejects.toThrow(
      'found another gzip file; unpack it once',
    )
  })

  it('is none for tables whose headers begin as other files do', async () => {
    for (const header of [
      'PAR1,PAR2',
      'ID3,b',
      'ORC,b',
      '<DATE>,<OPEN>',
      '"{a}",b',
      'version,b',
      'GGUF,b',
      'CDF1,b',
    ]) {
      expect((await parse('header.csv', `${header}\n1,2\n3,4\n`)).count).toBe(2)
    }
    const aligned = Array.from({ length: 3 }, () => `0       ${'1.25 '.repeat(60)}`).join('\n')
    expect((await parse('aligned.txt', aligned)).length).toBe(61)
  })

  it('is refused as well where a format is asked for', async () => {
    await expect(parse('y.csv', ascii('<html>'), { format: 'csv' })).rejects.toThrow('a web page')
  })
})
