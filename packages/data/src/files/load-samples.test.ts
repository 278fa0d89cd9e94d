import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { encodeNpy, encodeNpz, init } from '@facet/tensor'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idxBytes } from '../testing/idx-bytes.ts'
import { loadSamples } from './load-samples.ts'

let folder: string
const at = (file: string) => join(folder, file)
const put = (file: string, content: string | Uint8Array) => writeFile(at(file), content)

beforeAll(async () => {
  await init()
  folder = await mkdtemp(join(tmpdir(), 'facet-samples-'))
})
afterAll(() => rm(folder, { recursive: true }))

const x = { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) } as const
const rows = [
  [1, 2, 3],
  [4, 5, 6],
]
const ts = '@univariate true\n@classLabel true 1 2\n@data\n1,2,3:1\n4,5,6:2\n'
const images = idxBytes(8, [2, 1, 3], [0, 51, 255, 255, 0, 102])

describe('loadSamples', () => {
  it('tells formats by their names, zipped or not', async () => {
    const cases: [string, string | Uint8Array][] = [
      ['a.csv', '1,2,3\n4,5,6\n'],
      ['a.tsv', 'x\ty\tz\n1\t2\t3\n4\t5\t6\n'],
      ['a_TRAIN.tsv', '7\t1\t2\t3\n8\t4\t5\t6\n'],
      ['a_TEST.txt', '7  1 2 3\n8  4 5 6\n'],
      ['a.ts', ts],
      ['a.npy', encodeNpy(x)],
      ['a.npz', await encodeNpz({ x })],
      ['a.idx2', idxBytes(8, [2, 3], [1, 2, 3, 4, 5, 6])],
      ['a-idx2-ubyte', idxBytes(8, [2, 3], [1, 2, 3, 4, 5, 6])],
    ]
    for (const [file, content] of cases) {
      await put(file, content)
      await put(`${file}.gz`, gzipSync(content))
      for (const name of [file, `${file}.gz`]) {
        const samples = await loadSamples(at(name))
        expect(samples.data.toArray()).toEqual(rows)
        expect(samples.name).toBe(name)
        // Texts hold numbers that float32 does not.
        expect(samples.data.dtype).toBe(/\.(csv|tsv|txt|ts)/.test(name) ? 'float64' : 'float32')
      }
    }
  })

  it('tells formats by their beginnings where the name says nothing', async () => {
    const contents = [
      '1 2 3\n4 5 6\n',
      ts,
      encodeNpy(x),
      await encodeNpz({ x }),
      idxBytes(8, [2, 3], [1, 2, 3, 4, 5, 6]),
    ]
    for (const content of contents) {
      await put('something', content)
      expect((await loadSamples(at('something'))).data.toArray()).toEqual(rows)
      await put('something', gzipSync(content))
      expect((await loadSamples(at('something'))).data.toArray()).toEqual(rows)
    }
    await put('something', Uint8Array.of(1, 2, 3, 4))
    await expect(loadSamples(at('something'))).rejects.toThrow(
      'expected a name or a beginning that tells its format, got neither; name it by the option format, one of ucr, ts,',
    )
  })

  it('reads CIFAR-10 records, and any file as the format that is asked for', async () => {
    await put('batch.bin', new Uint8Array(3073 * 2).fill(3))
    expect((await loadSamples(at('batch.bin'))).labels).toEqual(Int32Array.of(3, 3))
    await put('data.csv', '7\t1\t2\t3\n8\t4\t5\t6\n')
    expect((await loadSamples(at('data.csv'), { format: 'ucr' })).labels).toEqual(Int32Array.of(7, 8))
  })

  it('gives labels, classes, columns, image and rows', async () => {
    await put('kinds.csv', 'x,kind\n1,b\n2,a\n3,b\n')
    const part = await loadSamples(at('kinds.csv'), {
      labels: 'kind',
      sample: { count: 2, seed: 4 },
      dtype: 'float64',
    })
    expect(part.classes).toEqual(['a', 'b'])
    expect(part.columns).toEqual(['x'])
    expect(part.rowsInFile).toBe(3)
    const kept = [...(part.rows as Int32Array)]
    expect(kept).toHaveLength(2)
    expect(part.data.toArray()).toEqual(kept.map((row) => [row + 1]))
    expect(part.labels).toEqual(Int32Array.from(kept, (row) => [1, 0, 1][row]))
    expect(part.data.dtype).toBe('float64')
  })

  it('takes the labels of an IDX file from another, in step with the sub-sample', async () => {
    const count = 50
    await put('many.idx', idxBytes(8, [count, 1], [...Array(count).keys()]))
    await put('labels.idx', gzipSync(idxBytes(8, [count], [...Array(count).keys()])))
    const options = { labelsFile: at('labels.idx'), sample: { count: 9, seed: 'x' } }
    const samples = await loadSamples(at('many.idx'), options)
    expect(samples.labels).toEqual(samples.rows)
    expect([...samples.data.dataSync()]).toEqual([...(samples.rows as Int32Array)])
    await put('labels.idx', idxBytes(8, [count - 1], Array(count - 1).fill(0)))
    await expect(loadSamples(at('many.idx'), options)).rejects.toThrow(
      /labels\.idx: expected 50 labels as there are samples, found 49/,
    )
    await expect(loadSamples(at('many.idx'), { labelsFile: at('many.idx') })).rejects.toThrow(
      /many\.idx byte 3: expected labels, an IDX file of rank 1, found rank 2/,
    )
    await expect(loadSamples(at('labels.idx'))).rejects.toThrow(
      /labels\.idx byte 3: expected samples.*49 labels/,
    )
    await expect(loadSamples(at('kinds.csv'), { labelsFile: at('labels.idx') })).rejects.toThrow(
      'loadSamples: labelsFile: expected an IDX file of samples beside it, got csv',
    )
  })

  it('refuses an IDX header by the size of the file, without reading on', async () => {
    await put('promise.idx', idxBytes(14, [0xffffffff, 0xffff], [1, 2, 3]))
    await expect(loadSamples(at('promise.idx'))).rejects.toThrow(/of double, the file has 15/)
  })

  it('refuses options that it does not know, before it reads', async () => {
    await expect(loadSamples('nowhere', { labels_file: 'x' } as object)).rejects.toThrow(
      "loadSamples: unknown option 'labels_file'; did you mean 'labelsFile'?",
    )
    await expect(loadSamples('nowhere', { format: 'xls' as 'csv' })).rejects.toThrow(
      'format: expected one of ucr',
    )
  })

  it('names what is missing, what is like it, and what is no file', async () => {
    await expect(loadSamples(at('kind.csv'))).rejects.toThrow(
      `loadSamples: ${at('kind.csv')}: expected a file, got nothing there; did you mean 'kinds.csv'?`,
    )
    await expect(loadSamples(join(folder, 'no', 'x.csv'))).rejects.toThrow(
      `got nothing there: no folder ${at('no')}`,
    )
    await mkdir(at('folder.csv'))
    await expect(loadSamples(at('folder.csv'))).rejects.toThrow(/folder\.csv: expected a file, got a folder/)
    await put('empty.csv', '')
    await expect(loadSamples(at('empty.csv'))).rejects.toThrow(/empty\.csv: expected data, got an empty file/)
  })

  it('closes a file that it does not read to its end', async () => {
    await put('wrong.csv', `1,2\nx,3\n${'1,2\n'.repeat(500_000)}`)
    for (let i = 0; i < 20; i++) await expect(loadSamples(at('wrong.csv'))).rejects.toThrow('line 2')
    await rm(at('wrong.csv'))
  })
})

describe('gzip', () => {
  const zipped = gzipSync(images)

  it('reads members one after the other as one file, wherever the pieces end', async () => {
    await put(
      'two.idx.gz',
      Buffer.concat([gzipSync(images.slice(0, 10)), gzipSync(images.slice(10)), gzipSync('')]),
    )
    expect((await loadSamples(at('two.idx.gz'))).data.shape).toEqual([2, 3])
  })

  it('reads what is padded with zeros, as tapes and some servers do', async () => {
    await put('padded.idx.gz', Buffer.concat([zipped, Buffer.alloc(512)]))
    expect((await loadSamples(at('padded.idx.gz'))).data.shape).toEqual([2, 3])
  })

  const rejections: [string, Uint8Array, string][] = [
    [
      'what is cut off',
      zipped.subarray(0, -9),
      'expected a gzip file, found the end of the file: it is cut off',
    ],
    [
      'a header cut off',
      zipped.subarray(0, 5),
      'expected a gzip file, found the end of the file: it is cut off',
    ],
    [
      'what follows it',
      Buffer.concat([zipped, Buffer.from('more')]),
      'expected a gzip file, found bytes after the end of the compressed data that are no gzip',
    ],
    [
      'zeros and more that follow it',
      Buffer.concat([zipped, Buffer.alloc(9), Buffer.of(1)]),
      `byte ${zipped.length}: expected a gzip file, found bytes after the end`,
    ],
    [
      'data that are damaged',
      zipped.map((byte, i) => (i === zipped.length - 8 ? byte ^ 1 : byte)),
      'expected a gzip file, found data that do not fit their checksum',
    ],
    ['an empty file inside', gzipSync(''), 'expected an IDX header'],
    ['other bytes', images, 'byte 0: expected a gzip file (1f 8b), found other bytes'],
  ]
  it.each(rejections)('refuses %s', async (_, bytes, message) => {
    await put('bad.idx.gz', bytes)
    await expect(loadSamples(at('bad.idx.gz'))).rejects.toThrow(message)
  })
})
