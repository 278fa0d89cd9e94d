import { readFileSync } from 'node:fs'
import { encodeNpy, encodeNpz } from '@facet/tensor'
import { describe, expect, it } from 'vitest'
import { parseBytes, rowsOf } from '../testing/parse-bytes.ts'

const x = { dtype: 'float32', shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) } as const
const y = { dtype: 'int32', shape: [2], data: Int32Array.of(7, -1) } as const

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url))

describe('an npy file', () => {
  it('says what samples of several axes are taken for', async () => {
    const notesOf = async (...shape: number[]) => {
      const data = new Float32Array(shape.reduce((product, axis) => product * axis, 1))
      return (await parseBytes('npy', encodeNpy({ dtype: 'float32', shape, data }))).notes
    }
    expect(await notesOf(2, 12)).toEqual([])
    expect(await notesOf(2, 4, 3)).toEqual(['each sample of 4 × 3 numbers is taken for a grey image'])
    expect(await notesOf(2, 2, 2, 3)).toEqual(['each sample of 2 × 2 × 3 numbers is taken for a row of 12'])
  })

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

  it('keeps numbers in float64 where float32 would round them', async () => {
    const { values, rowsInFile } = await parseBytes('npy', fixture('i8_ms.npy'))
    expect(values).toEqual(Float64Array.from({ length: 48 }, (_, i) => 1684000000000 + i))
    expect(rowsInFile).toBe(12)
    const offset = { dtype: 'float64', shape: [1, 2], data: Float64Array.of(2e9 + 1, 0.1) } as const
    expect((await parseBytes('npy', encodeNpy(offset))).values).toEqual(Float64Array.of(2e9 + 1, 0.1))
    const whole = { dtype: 'int32', shape: [1, 2], data: Int32Array.of(2 ** 24 + 1, 1) } as const
    expect((await parseBytes('npy', encodeNpy(whole))).values).toEqual(Float64Array.of(2 ** 24 + 1, 1))
    expect((await parseBytes('npy', encodeNpy(x))).values).toBeInstanceOf(Float32Array)
    const asked = await parseBytes('npy', encodeNpy(offset), { dtype: 'float32' })
    expect(asked.values).toEqual(Float32Array.of(2e9, 0.1))
  })

  it('is read as Python 2 wrote it', async () => {
    const samples = await parseBytes('npy', fixture('py2long.npy'))
    expect([samples.count, samples.length]).toEqual([12, 4])
    expect(samples.values[1]).toBe(Math.fround(-0.5227485))
  })

  it('of several kinds of fields is named and says how to save it', async () => {
    await expect(parseBytes('npy', fixture('struct.npy'))).rejects.toThrow(
      "samplesParser: the file: expected an array of numbers, found structured [('a', '<f4'), ('b', '<i4')] [1]: fields of several kinds (a structured array); save its columns as numbers: np.lib.recfunctions.structured_to_unstructured(x)",
    )
  })

  it('keeps NaN where missing values are kept, and counts it by column where they are refused', async () => {
    const data = Float32Array.of(1, Number.NaN, 3, 4, Number.NaN, Number.NaN)
    const file = encodeNpy({ ...x, data })
    expect((await parseBytes('npy', file, { missing: 'keep' })).values).toEqual(data)
    await expect(parseBytes('npy', file)).rejects.toThrow(
      "expected finite numbers, found NaN in row 0, column 1 (counted from 0): 3 missing values in all (column 1: 2, column 2: 1); missing: 'keep' lets them be",
    )
  })

  it('refuses infinity and what becomes it in float32, also where missing values are kept', async () => {
    const withLast = (last: number) =>
      encodeNpy({ dtype: 'float64', shape: [2, 2], data: Float64Array.of(1, 2, Number.NaN, last) })
    for (const last of [1e39, -3.5e38]) {
      await expect(parseBytes('npy', withLast(last), { missing: 'keep' })).rejects.toThrow(
        `the file: expected finite numbers, found ${last} in row 1, column 1 (counted from 0); it is too large for float32, in which models are computed`,
      )
      const asked = await parseBytes('npy', withLast(last), { missing: 'keep', dtype: 'float64' })
      expect(asked.values[3]).toBe(last)
    }
    for (const last of [Infinity, -Infinity]) {
      await expect(parseBytes('npy', withLast(last), { missing: 'keep', dtype: 'float64' })).rejects.toThrow(
        new RegExp(`found ${last} in row 1, column 1 \\(counted from 0\\)$`),
      )
    }
    expect((await parseBytes('npy', withLast(3.4e38), { missing: 'keep' })).values[3]).toBe(3.4e38)
  })

  it('refuses NaN, a vector, nothing, and what is damaged', async () => {
    const broken = { ...x, data: Float32Array.of(1, 2, 3, 4, Number.NaN, 6) }
    await expect(parseBytes('npy', encodeNpy(broken))).rejects.toThrow(
      'samplesParser: the file: expected finite numbers, found NaN in row 1, column 1 (counted from 0)',
    )
    await expect(parseBytes('npy', encodeNpy(y))).rejects.toThrow(
      'the file: expected samples, an array [n, d], found int32 [2]; a table needs two axes: save x.reshape(-1, 1) for 2 samples of one number, or x.reshape(1, -1) for one sample of 2',
    )
    const scalar = { dtype: 'int32', shape: [], data: Int32Array.of(7) } as const
    await expect(parseBytes('npy', encodeNpy(scalar))).rejects.toThrow('found int32 []: a single number')
    const axes = [0, ...new Array<number>(50_000).fill(7)]
    const endless = encodeNpy({ dtype: 'float32', shape: axes, data: new Float32Array(0) })
    await expect(parseBytes('npy', endless)).rejects.toThrow(
      'found float32 [0, 7, 7, 7, 7, 7, 7, 7, … 50001 axes]: it is empty',
    )
    const empty = { dtype: 'float32', shape: [0, 3], data: new Float32Array(0) } as const
    await expect(parseBytes('npy', encodeNpy(empty))).rejects.toThrow('found float32 [0, 3]')
    await expect(parseBytes('npy', encodeNpy(x).slice(0, -1))).rejects.toThrow(
      /^samplesParser: the file: expected 24 bytes/,
    )
  })
})

describe('an npz file', () => {
  it('need not have labels where columns are expected, as of a model', async () => {
    const expected = ['a', 'b', 'c']
    const read = async (arrays: Parameters<typeof encodeNpz>[0]) =>
      (await parseBytes('npz', await encodeNpz(arrays), { labels: 'y', expected })).labels
    expect(await read({ x, y })).toEqual(Int32Array.of(7, -1))
    expect(await read({ x, 'folder/y': y })).toEqual(Int32Array.of(7, -1))
    expect(await read({ x })).toBeNull()
  })

  it('gives its only table, or the one that is named, with labels from another array', async () => {
    const file = await encodeNpz({ x, y })
    expect(rowsOf(await parseBytes('npz', file))[1]).toEqual([4, 5, 6])
    const samples = await parseBytes('npz', await encodeNpz({ x, y, z: x }), { array: 'x', labels: 'y' })
    expect(samples.labels).toEqual(Int32Array.of(7, -1))
  })

  it('is read where something else in it is not: text, objects, what a Mac adds, a damaged array', async () => {
    const named = await parseBytes('npz', fixture('strnames.npz'), { labels: 'y' })
    expect([named.count, named.length]).toEqual([12, 4])
    expect([...(named.labels as Int32Array)].slice(0, 3)).toEqual([0, 1, 2])
    expect(named.notes).toEqual(['array "X" float64 [12, 4] is read, "class_names" not'])
    const mac = await parseBytes('npz', fixture('macosx.npz'))
    expect([mac.count, mac.length, mac.notes]).toEqual([12, 4, []])
    const file = await encodeNpz({ x, y: { ...y, data: Int32Array.of(7, 99) } }, { compress: false })
    file[file.lastIndexOf(99)] = 98
    expect(rowsOf(await parseBytes('npz', file))[0]).toEqual([1, 2, 3])
    await expect(parseBytes('npz', file, { labels: 'y' })).rejects.toThrow("'y.npy': expected CRC-32")
  })

  it('takes the table and not the column beside it, y of [n, 1]', async () => {
    const file = await encodeNpz({ x, y: { ...y, shape: [2, 1] } })
    const samples = await parseBytes('npz', file)
    expect([samples.length, samples.labels, samples.notes]).toEqual([
      3,
      null,
      ['array "x" float32 [2, 3] is read, "y" not'],
    ])
    expect((await parseBytes('npz', await encodeNpz({ x: { ...x, shape: [6, 1] } }))).length).toBe(1)
  })

  it('finds an array in a folder by its last name', async () => {
    const file = await encodeNpz({ 'set/x': x, 'set/y': y })
    const samples = await parseBytes('npz', file, { array: 'x', labels: 'y' })
    expect(samples.labels).toEqual(Int32Array.of(7, -1))
    await expect(parseBytes('npz', await encodeNpz({ 'a/x': x, 'b/x': x }), { array: 'x' })).rejects.toThrow(
      'array: expected one of "a/x", "b/x", got "x"',
    )
  })

  it.each<[string, number[], readonly string[] | null]>([
    ['u', [0, 1, 0], ['größe', 'normal']],
    ['s', [0, 1, 0], ['no', 'yes']],
    ['w', [3, -1, 3], null],
    ['column', [1, 0, 1], null],
    ['row', [1, 0, 1], null],
    ['flags', [1, 0, 1], null],
  ])(
    'has labels in an array of texts, a column, a row or truth values: %s',
    async (labels, codes, classes) => {
      const samples = await parseBytes('npz', fixture('texts.npz'), { array: 'x', labels })
      expect(samples.labels).toEqual(Int32Array.from(codes))
      expect(samples.classes).toEqual(classes)
    },
  )

  it('says how labels are to be saved that are objects, one column a class, or missing', async () => {
    const read = (labels: string) => parseBytes('npz', fixture('texts.npz'), { array: 'x', labels })
    await expect(read('o')).rejects.toThrow(
      'samplesParser: the file labels: expected whole numbers or texts, found object [3]; save y.astype(str)',
    )
    await expect(read('onehot')).rejects.toThrow(
      'labels: expected 3 of them as there are samples, found float64 [3, 3]; of one column per class save y.argmax(1)',
    )
    const lacking = { dtype: 'float32', shape: [2], data: Float32Array.of(1, Number.NaN) } as const
    await expect(parseBytes('npz', await encodeNpz({ x, y: lacking }), { labels: 'y' })).rejects.toThrow(
      'found NaN at 1; as texts, y.astype(str), they may be anything',
    )
  })

  it('reads the rows whose label meets a condition, and looks for faults in these alone', async () => {
    const condition = { column: 'label', is: '=', value: 'größe' } as const
    const options = { array: 'x', labels: 'u', where: [condition] }
    const samples = await parseBytes('npz', fixture('texts.npz'), options)
    expect(rowsOf(samples)).toEqual([
      [0, 1],
      [4, 5],
    ])
    expect([samples.labels, samples.rows, samples.rowsInFile]).toEqual([
      Int32Array.of(0, 0),
      Int32Array.of(0, 2),
      3,
    ])
    const one = await parseBytes('npz', fixture('texts.npz'), { ...options, sample: { count: 1, seed: 'a' } })
    expect(one.count).toBe(1)
    expect([0, 2]).toContain((one.rows as Int32Array)[0])
    const broken = { ...x, data: Float32Array.of(1, 2, 3, 4, Number.NaN, 6) }
    const where = [{ ...condition, value: '7' }]
    expect((await parseBytes('npz', await encodeNpz({ x: broken, y }), { labels: 'y', where })).count).toBe(1)
  })

  it.each(['sparse_csr', 'sparse_dia'])('says how to save a sparse matrix: %s', async (name) => {
    const advice =
      'the parts of one sparse matrix (scipy.sparse.save_npz); save np.savez(path, x=matrix.toarray())'
    await expect(parseBytes('npz', fixture(`${name}.npz`))).rejects.toThrow(
      `samplesParser: the file: expected one array [n, d], found ${advice}`,
    )
    await expect(parseBytes('npz', fixture(`${name}.npz`), { array: 'shape' })).rejects.toThrow(advice)
  })

  it('says what is wrong with its only array', async () => {
    await expect(parseBytes('npz', await encodeNpz({ y }))).rejects.toThrow(
      'the file array "y": expected samples, an array [n, d], found int32 [2]; a table needs two axes',
    )
    await expect(parseBytes('npz', fixture('texts.npz'), { array: 'o' })).rejects.toThrow(
      "'o.npy': expected an array of numbers, found object [3]: pickled Python objects",
    )
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
