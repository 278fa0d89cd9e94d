import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { encodeNpz, init } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idxBytes } from '../testing/idx-bytes.ts'
import { ascii, parseBytes } from '../testing/parse-bytes.ts'
import { loadUcr } from '../ucr/load-ucr.ts'
import { loadCifar10 } from './load-cifar10.ts'
import { loadMnist } from './load-mnist.ts'
import { type LoadSamplesOptions, loadSamples } from './load-samples.ts'

let folder: string
beforeAll(async () => {
  await init()
  folder = await mkdtemp(join(tmpdir(), 'facet-hostile-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function load(name: string, bytes: Uint8Array, options: LoadSamplesOptions = {}) {
  await writeFile(join(folder, name), bytes)
  return loadSamples(join(folder, name), options)
}

const MiB = 2 ** 20
const isBound = /unpacks? to at most 67108864 bytes \(64 MiB; the option maxBytes allows more/

describe('what unpacks a thousandfold', () => {
  const zeros = (megabytes: number) => gzipSync(Buffer.alloc(megabytes * MiB))
  /** More than the bound in several members, each of which is below it. */
  const members = (megabytes: number) =>
    Buffer.concat(Array.from({ length: megabytes / 16 }, () => zeros(16)))

  it.each([
    ['zeros', 'zeros.bin.gz', () => zeros(65)],
    ['members one after the other', 'members.bin.gz', () => members(80)],
    ['a line without end', 'line.csv.gz', () => gzipSync('0,'.repeat(33 * MiB))],
    [
      'an IDX file of one endless image',
      'idx3.gz',
      () =>
        gzipSync(
          Buffer.concat([idxBytes(8, [2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], []), Buffer.alloc(65 * MiB)]),
        ),
    ],
  ])('is stopped at 64 MiB: %s', async (_, name, make) => {
    await expect(load(name, make(), { format: name.startsWith('idx') ? 'idx' : undefined })).rejects.toThrow(
      isBound,
    )
  })

  it('is refused before it is unpacked: an array of a zip file, also in gzip, if that array is asked for', async () => {
    const endless = { dtype: 'float32', shape: [6, 3 * MiB], data: new Float32Array(18 * MiB) } as const
    const small = { dtype: 'float32', shape: [1, 2], data: Float32Array.of(1, 2) } as const
    const npz = await encodeNpz({ endless, small })
    await expect(load('a.npz', npz, { array: 'endless' })).rejects.toThrow(isBound)
    await expect(load('b.npz.gz', gzipSync(npz), { array: 'endless' })).rejects.toThrow(
      'at most 67108864 bytes',
    )
    expect((await load('a.npz', npz, { array: 'small' })).data.shape).toEqual([1, 2])
    expect((await load('a.npz', npz, { array: 'endless', maxBytes: 100 * MiB })).data.shape).toEqual([
      6,
      3 * MiB,
    ])
  })

  it('is read below that, and above where maxBytes says so', async () => {
    const rows = 30
    const images = Buffer.concat([idxBytes(8, [rows, 1536, 1536], []), Buffer.alloc(rows * 1536 * 1536)])
    const sample = { count: 1, seed: 0 }
    expect(
      (
        await load(
          'idx',
          gzipSync(Buffer.concat([idxBytes(8, [20, 1536, 1536], []), Buffer.alloc(20 * 1536 * 1536)])),
          { format: 'idx', sample },
        )
      ).rowsInFile,
    ).toBe(20)
    await expect(load('idx', gzipSync(images), { format: 'idx' })).rejects.toThrow(isBound)
    expect(
      (await load('idx', gzipSync(images), { format: 'idx', sample, maxBytes: 2 ** 27 })).rowsInFile,
    ).toBe(rows)
  })

  it('is no reason to refuse a large file of numbers: a hundred times its bytes are allowed', async () => {
    const noise = new Uint8Array(MiB).map(
      (_, i) => Math.imul(Math.imul(i, 0x9e3779b1) ^ (i >>> 7), 0x85ebca6b) >>> 24,
    )
    const bytes = gzipSync(Buffer.concat([idxBytes(8, [66, 1024, 1024], []), noise, Buffer.alloc(65 * MiB)]))
    expect(bytes.length).toBeGreaterThan(0.7 * MiB)
    const sample = { count: 1, seed: 0 }
    expect((await load('idx', bytes, { format: 'idx', sample })).rowsInFile).toBe(66)
  })

  it('takes maxBytes down as well', async () => {
    const bytes = gzipSync('1,2\n'.repeat(100))
    await expect(load('a.csv.gz', bytes, { maxBytes: 399 })).rejects.toThrow(
      'expected a gzip file that unpacks to at most 399 bytes (maxBytes), found more',
    )
    expect((await load('a.csv.gz', bytes, { maxBytes: 400 })).rowsInFile).toBe(100)
    await expect(load('a.csv.gz', bytes, { maxBytes: 0.5 })).rejects.toThrow(
      'loadSamples: maxBytes: expected',
    )
  })

  it('stops loaders of sets as well', async () => {
    const set = await mkdtemp(join(folder, 'sets-'))
    const images = gzipSync(idxBytes(8, [10, 10, 10], Array(1000).fill(0)))
    const names = ['data_batch_1.bin', 'test_batch.bin', 'Zeros_TRAIN.tsv', 'Zeros_TEST.tsv']
    for (const part of ['train', 't10k'])
      for (const kind of ['images-idx3-ubyte', 'labels-idx1-ubyte'])
        await writeFile(join(set, `${part}-${kind}.gz`), images)
    for (const name of names) await writeFile(join(set, `${name}.gz`), zeros(1))
    const bound = /unpacks to at most 1000 bytes \(maxBytes\), found more/
    await expect(loadMnist(set, { maxBytes: 1000 })).rejects.toThrow(bound)
    await expect(loadCifar10(set, { maxBytes: 1000 })).rejects.toThrow(bound)
    await expect(loadUcr(set, 'Zeros', { maxBytes: 1000 })).rejects.toThrow(bound)
  })
})

it('gzip in gzip is named, not read as numbers', async () => {
  await expect(load('twice.csv.gz', gzipSync(gzipSync('1,2\n')))).rejects.toThrow('found another gzip file')
})

/** Each took minutes or hours where something was looked for in all that came before it, or where a pattern tried every way to part blanks. */
describe('long files are read in time that grows as they do', () => {
  const many = (count: number, each: (i: number) => string, by: string) =>
    Array.from({ length: count }, (_, i) => each(i)).join(by)

  it('a .ts header of 150,000 classes', async () => {
    const classes = many(150_000, (i) => `c${i.toString(36)}`, ' ')
    const { labels } = await parseBytes('ts', `@classLabel true ${classes}\n@data\n1,2:c37qn\n`)
    expect(labels).toEqual(Int32Array.of(149_999))
    await expect(parseBytes('ts', `@classLabel true ${classes}\n@data\n1,2:x\n`)).rejects.toThrow(
      '(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, … (150000)), got "x"',
    )
    await expect(parseBytes('ts', `@classLabel true ${classes} c0\n@data\n1,2:c0\n`)).rejects.toThrow(
      'expected each class once, got "c0" twice',
    )
  })

  it('parts of a set of 150,000 classes that differ in one', async () => {
    const classes = many(150_000, (i) => `c${i.toString(36)}`, ' ')
    for (const [part, last] of [
      ['TRAIN', 'a'],
      ['TEST', 'b'],
    ])
      await writeFile(join(folder, `Many_${part}.ts`), `@classLabel true ${classes} ${last}\n@data\n1,2:c7\n`)
    const error = await loadUcr(folder, 'Many').catch((refused) => refused)
    expect(error.message).toContain('Many: expected the same classes in both parts')
    expect(error.message.length).toBeLessThan(400)
  })

  it('a file that begins with hundreds of empty lines or comments', async () => {
    await expect(load('nothing', ascii(`${'\n'.repeat(500)}x`))).rejects.toThrow(
      'expected samples after the header, found the end',
    )
    expect(
      (await load('tagged', ascii(`${'\n \n# x\n'.repeat(50)}@classLabel false\n@data\n1,2\n`))).rowsInFile,
    ).toBe(1)
  })

  it('a table of 60,000 columns, and a column that it lacks', async () => {
    const table = `${many(60_000, (i) => `column number ${i}`, ',')}\n${many(60_000, String, ',')}\n`
    expect((await parseBytes('csv', table, { labels: 'column number 59999' })).labels).toEqual(
      Int32Array.of(59_999),
    )
    const error = await parseBytes('csv', table, { labels: 'column number x' }).catch((refused) => refused)
    expect(error.message).toContain(
      `"column number 9", …, got "column number x"; did you mean "column number 0"?`,
    )
  })

  it.each([
    ['a tag', 'ts', `@${'a'.repeat(900_000)}\n`],
    ['the name of a column', 'csv', `${'a'.repeat(900_000)},b\n1,2\n`],
    ['digits', 'csv', `a\n${'1'.repeat(900_000)},\n`],
    ['points', 'csv', `a,${'.'.repeat(900_000)}\n1,2\n`],
    ['blanks', 'ucr', `1${' '.repeat(900_000)}x\n`],
    ['colons', 'ts', `@classLabel false\n@data\n${':'.repeat(900_000)}\n`],
  ] as const)('a line of 0.9 MB: %s', async (_, format, text) => {
    const error = await parseBytes(format, text, format === 'csv' ? { labels: 'c' } : {}).catch(
      (refused) => refused,
    )
    expect(error.message).toMatch(/^samplesParser: the file line \d: /)
    expect(error.message.length).toBeLessThan(400)
  })
})

it.each(['constructor', '__proto__', 'toString'])('%s is a word like others in a header', async (word) => {
  await expect(parseBytes('ts', `@missing ${word}\n@data\n1\n`)).rejects.toThrow(
    `@missing: expected true or false, got "${word}"`,
  )
  await expect(parseBytes('ts', `@${word} true\n@data\n1\n`)).rejects.toThrow(`unknown tag "@${word}"`)
  const { classes, labels } = await parseBytes('ts', `@classLabel true b ${word}\n@data\n1:${word}\n`)
  expect([classes, labels]).toEqual([['b', word], Int32Array.of(1)])
  expect((await parseBytes('csv', `${word},b\n1,2\n`, { labels: word })).labels).toEqual(Int32Array.of(1))
  await expect(loadUcr(folder, word)).rejects.toThrow(`loadUcr: ${word}: no TRAIN part`)
})

it('control characters of a file do not reach a terminal', async () => {
  await expect(parseBytes('ucr', new Uint8Array([0xc2, 0x9b, 0x1b, 9, 49, 10]))).rejects.toThrow(
    'got "\\u{9b}\\u001b"',
  )
})
