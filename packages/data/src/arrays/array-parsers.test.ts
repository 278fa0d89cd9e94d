import { encodeNpy, encodeNpz } from '@facet/tensor'
import { describe, expect, it } from 'vitest'
import { parseBytes, rowsOf } from '../testing/parse-bytes.ts'

const x = { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) } as const
const y = { dtype: 'int32', shape: [2], data: Int32Array.of(7, -1) } as const

describe('an npy file', () => {
  it('gives rows, however the bytes come', async () => {
    for (const step of [1, 1000]) {
      const samples = await parseBytes('npy', encodeNpy(x), {}, step)
      expect(rowsOf(samples)).toEqual([
        [1, 2, 3],
        [4, 5, 6],
      ])
      expect([samples.labels, samples.image, samples.rows, samples.rowsInFile]).toEqual([null, null, null, 2])
    }
  })

  it('takes three axes for images and leaves their numbers as they are', async () => {
    const pixels = { dtype: 'uint32', shape: [2, 1, 3], data: Uint32Array.of(0, 1, 255, 3, 4, 5) } as const
    const samples = await parseBytes('npy', encodeNpy(pixels), { dtype: 'float64' })
    expect(rowsOf(samples)[0]).toEqual([0, 1, 255])
    expect(samples.image).toEqual({ height: 1, width: 3, channels: 1 })
  })

  it('refuses NaN, a vector, nothing, and what is damaged', async () => {
    const broken = { ...x, data: Float32Array.of(1, 2, 3, 4, Number.NaN, 6) }
    await expect(parseBytes('npy', encodeNpy(broken))).rejects.toThrow(
      'samplesParser: the file: expected finite numbers, found NaN in row 1, column 1 (counted from 0)',
    )
    await expect(parseBytes('npy', encodeNpy(y))).rejects.toThrow(
      'the file: expected samples, an array [n, d], found int32 [2]',
    )
    const empty = { dtype: 'float32', shape: [0, 3], data: new Float32Array(0) } as const
    await expect(parseBytes('npy', encodeNpy(empty))).rejects.toThrow('found float32 [0, 3]')
    await expect(parseBytes('npy', encodeNpy(x).slice(0, -1))).rejects.toThrow(
      /^samplesParser: the file: expected 24 bytes/,
    )
  })
})

describe('an npz file', () => {
  it('gives its only table, or the one that is named, with labels from another array', async () => {
    const file = await encodeNpz({ x, y })
    expect(rowsOf(await parseBytes('npz', file))[1]).toEqual([4, 5, 6])
    const samples = await parseBytes('npz', await encodeNpz({ x, y, z: x }), { array: 'x', labels: 'y' })
    expect(samples.labels).toEqual(Int32Array.of(7, -1))
  })

  it('keeps labels and rows in step when it is sub-sampled, as any other format does', async () => {
    const count = 100
    const table = {
      dtype: 'int32',
      shape: [count, 1],
      data: Int32Array.from({ length: count }, (_, i) => i),
    } as const
    const sample = { count: 7, seed: 'a' }
    const npz = await parseBytes('npz', await encodeNpz({ x: table, y: { ...table, shape: [count] } }), {
      labels: 'y',
      sample,
    })
    expect([...npz.values]).toEqual([...(npz.rows as Int32Array)])
    expect(npz.labels).toEqual(npz.rows)
    const text = Array.from({ length: count }, (_, i) => `${i}\n`).join('')
    expect((await parseBytes('csv', text, { sample })).rows).toEqual(npz.rows)
    expect((await parseBytes('npy', encodeNpy(table), { sample })).rows).toEqual(npz.rows)
  })

  it('lists what there is where the choice is open, empty or wrong', async () => {
    await expect(parseBytes('npz', await encodeNpz({ a: x, b: x, y }))).rejects.toThrow(
      'expected one array [n, d], found "a" float32 [2, 3], "b" float32 [2, 3], "y" int32 [2]; name one by the option array',
    )
    await expect(parseBytes('npz', await encodeNpz({}))).rejects.toThrow('found no arrays')
    await expect(parseBytes('npz', await encodeNpz({ data: x }), { array: 'dato' })).rejects.toThrow(
      'array: expected one of "data", got "dato"; did you mean "data"?',
    )
  })

  it('refuses labels that do not belong to the samples', async () => {
    const short = { ...y, shape: [1], data: Int32Array.of(1) }
    await expect(parseBytes('npz', await encodeNpz({ x, y: short }), { labels: 'y' })).rejects.toThrow(
      'labels: expected 2 of them as there are samples, found int32 [1]',
    )
    const halves = { dtype: 'float32', shape: [2], data: Float32Array.of(1, 0.5) } as const
    await expect(parseBytes('npz', await encodeNpz({ x, y: halves }), { labels: 'y' })).rejects.toThrow(
      'labels: expected whole numbers within 32 bits, found 0.5 at 1',
    )
  })
})
