import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { init } from '@facet/tensor'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { idxBytes } from '../testing/idx-bytes.ts'
import { loadCifar10 } from './load-cifar10.ts'
import { loadMnist } from './load-mnist.ts'

let folder: string
const put = (file: string, content: Uint8Array) => writeFile(join(folder, file), content)
const count = (n: number): number[] => [...Array(n).keys()]

beforeAll(() => init())
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'facet-images-'))
})
afterEach(() => rm(folder, { recursive: true }))

describe('loadMnist', () => {
  /** Image i of a part is two pixels of value i, its label i mod 10. */
  async function putAll(train = 40, test = 5): Promise<void> {
    for (const [part, n] of [['train', train] as const, ['t10k', test] as const]) {
      await put(
        `${part}-images-idx3-ubyte`,
        idxBytes(
          8,
          [n, 2, 1],
          count(n).flatMap((i) => [i, i]),
        ),
      )
      await put(
        `${part}-labels-idx1-ubyte.gz`,
        gzipSync(
          idxBytes(
            8,
            [n],
            count(n).map((i) => i % 10),
          ),
        ),
      )
    }
  }

  it('loads the four files, zipped or not, with pixels in [0, 1]', async () => {
    await putAll()
    const { name, train, test, trainLabels, testLabels, image } = await loadMnist(folder, {
      dtype: 'float64',
    })
    expect(name).toBe('MNIST')
    expect(train.toArray()).toEqual(count(40).map((i) => [i / 255, i / 255]))
    expect(test.shape).toEqual([5, 2])
    expect([...trainLabels]).toEqual(count(40).map((i) => i % 10))
    expect([...testLabels]).toEqual([0, 1, 2, 3, 4])
    expect(image).toEqual({ height: 2, width: 1, channels: 1 })
  })

  it('sub-samples both parts, labels with their images', async () => {
    await putAll()
    const { train, test, trainLabels } = await loadMnist(folder, {
      sample: { count: 7, seed: 0 },
      dtype: 'float64',
    })
    expect([train.shape, test.shape]).toEqual([
      [7, 2],
      [5, 2],
    ])
    const images = (train.toArray() as number[][]).map(([pixel]) => Math.round(pixel * 255))
    expect([...trainLabels]).toEqual(images.map((i) => i % 10))
    expect(images).toEqual(images.slice().sort((a, b) => a - b))
  })

  it('names what is missing or does not fit', async () => {
    await expect(loadMnist(folder)).rejects.toThrow(
      `loadMnist: ${folder}: expected train-images-idx3-ubyte or train-images-idx3-ubyte.gz, got none`,
    )
    await putAll()
    await put('t10k-labels-idx1-ubyte', idxBytes(8, [4], [1, 2, 3, 4]))
    await expect(loadMnist(folder)).rejects.toThrow(
      /t10k-labels-idx1-ubyte: expected 5 labels as there are samples, found 4/,
    )
    await putAll()
    await put('t10k-images-idx3-ubyte', idxBytes(8, [5, 1, 1], count(5)))
    await put('t10k-labels-idx1-ubyte', idxBytes(8, [5], count(5)))
    await expect(loadMnist(folder)).rejects.toThrow(
      'loadMnist: expected images of one size, got 2 × 1 × 1 for training and 1 × 1 × 1 for testing',
    )
    await expect(loadMnist(folder, { seed: 0 } as object)).rejects.toThrow("loadMnist: unknown option 'seed'")
  })
})

describe('loadCifar10', () => {
  const records = (classes: readonly number[]): Uint8Array =>
    Uint8Array.from(classes.flatMap((label) => [label, ...Array<number>(3072).fill(label * 10)]))

  it('loads the batches that are there, one after the other, zipped or not', async () => {
    await put('data_batch_2.bin.gz', gzipSync(records([2, 3])))
    await put('data_batch_1.bin', records([0, 1]))
    await put('test_batch.bin', records([9]))
    const { train, trainLabels, test, testLabels, image, name } = await loadCifar10(folder, {
      dtype: 'float64',
    })
    expect([name, train.shape, test.shape]).toEqual(['CIFAR10', [4, 3072], [1, 3072]])
    expect([...trainLabels, ...testLabels]).toEqual([0, 1, 2, 3, 9])
    expect((train.toArray() as number[][]).map(([pixel]) => pixel)).toEqual([0, 10 / 255, 20 / 255, 30 / 255])
    expect(image).toEqual({ height: 32, width: 32, channels: 3 })
  })

  it('sub-samples the batches as one', async () => {
    await put('data_batch_1.bin', records([0, 1, 2, 3]))
    await put('data_batch_3.bin', records([4, 5, 6, 7]))
    await put('test_batch.bin', records([9, 8]))
    const { train, trainLabels, test } = await loadCifar10(folder, { sample: { count: 5, seed: 1 } })
    expect([train.shape, test.shape]).toEqual([
      [5, 3072],
      [2, 3072],
    ])
    const pixels = (train.toArray() as number[][]).map(([pixel]) => Math.round(pixel * 255))
    expect(pixels).toEqual([...trainLabels].map((label) => label * 10))
  })

  it('names the batch that is missing or damaged, and the byte in it', async () => {
    await expect(loadCifar10(folder)).rejects.toThrow(
      `loadCifar10: ${folder}: expected data_batch_1.bin or data_batch_1.bin.gz, got none`,
    )
    await put('data_batch_1.bin', records([0, 1]))
    await expect(loadCifar10(folder)).rejects.toThrow(
      'expected test_batch.bin or test_batch.bin.gz, got none',
    )
    await put('data_batch_2.bin', records([3, 4]).subarray(0, -1))
    await put('test_batch.bin', records([1]))
    await expect(loadCifar10(folder)).rejects.toThrow(
      /data_batch_2\.bin byte 3073: expected records of 3073 bytes, found 3072 bytes after 1 of them/,
    )
  })
})
