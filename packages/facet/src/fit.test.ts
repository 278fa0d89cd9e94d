import { init, key, memory } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { fit } from './index.ts'

beforeAll(() => init())

/** Near a circle in three dimensions. */
const circle = (count: number, from = 0): number[][] =>
  Array.from({ length: count }, (_, i) => {
    const t = 2.4 * (i + from)
    return [Math.sin(t), Math.cos(t), Math.sin(t) * Math.cos(t)]
  })

const named = (rows: number[][]) => rows.map(([x, y, z]) => ({ x, y, z }))

describe('fit', () => {
  it('finds odd rows among plain lists, and says which column is odd', async () => {
    const model = await fit(circle(400), { bottleneck: 2, epochs: 60 })
    const odd = [0.6, 0.8, 3]
    expect(model.isAnomaly([...circle(20, 1000), odd])).toEqual([...Array(20).fill(false), true])
    const [score] = model.score([odd])
    expect(score).toBeGreaterThan(model.threshold)
    const [{ columns, cause }] = model.explain([odd])
    expect(columns[0].column).toBe(2)
    expect(columns.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 5)
    expect(cause).toMatchObject({ column: 2, value: 3 })
    expect(cause!.expected).toBeLessThan(1.5)
    expect(model.pValues([odd])[0]).toBeCloseTo(1 / 81, 6)
  })

  it('gives the same model for the same rows, in whatever form they come', async () => {
    const rows = circle(60)
    const options = { epochs: 3, bottleneck: 1 } as const
    const names = ['x', 'y', 'z']
    const models = [
      await fit(rows, options),
      await fit(Float64Array.from(rows.flat()), { ...options, columns: 3 }),
      await fit(named(rows), options),
      await fit(Object.fromEntries(names.map((name, j) => [name, rows.map((row) => row[j])])), options),
      await fit(named(rows).map((row) => ({ other: 'text', ...row })) as never, {
        ...options,
        columns: names,
      }),
    ]
    const scores = models.map((model) => model.model.parameters.map(({ value }) => value.toArray()))
    for (const score of scores) expect(score).toEqual(scores[0])
    expect(models.map(({ columns }) => columns)).toEqual([null, null, names, names, names])
    expect(
      models[2]
        .explain(named(rows).slice(0, 1))[0]
        .columns.map(({ column }) => column)
        .sort(),
    ).toEqual(names)
  })

  it('gives rows back in the data’s own units and form, codes beside them', async () => {
    const rows = circle(80).map(([x, y, z]) => [100 + 5 * x, -3 + 0.01 * y, 1e6 * z])
    const model = await fit(rows, { bottleneck: 2, epochs: 80, skip: 'pca' })
    const back = model.reconstruct(rows)
    for (let j = 0; j < 3; j++) {
      const spread = Math.max(...rows.map((row) => Math.abs(row[j] - rows[0][j])))
      const off = Math.max(...rows.map((row, i) => Math.abs(row[j] - back[i][j])))
      expect(off).toBeLessThan(0.5 * spread)
    }
    expect(model.encode(rows.slice(0, 2)).map((code) => code.length)).toEqual([2, 2])
    const flat = Float32Array.from(rows.flat())
    expect(model.reconstruct(flat)).toBeInstanceOf(Float32Array)
    expect(model.reconstruct(flat).length).toBe(flat.length)
  })

  it('reports the error beside those of the mean and of PCA, on rows trained on and held out', async () => {
    const { report } = await fit(circle(200), { bottleneck: 2, epochs: 100 })
    expect(report).toMatchObject({
      rows: 200,
      trained: 160,
      heldOut: 40,
      leftOut: 0,
      filled: 0,
      epochs: 100,
      unchanged: null,
    })
    expect(report.error.validation!).toBeLessThan(report.pca!.validation!)
    expect(report.pca!.validation!).toBeLessThan(report.mean!.validation!)
    expect(report.mean!.train).toBeCloseTo(1, 1)
    expect(report.architecture).toContain('3-64(relu)')
    expect(report.alarms).toMatchObject({ kind: 'robust', calibrating: 40, fenced: 0 })
    expect(report.bestEpoch).toBeGreaterThan(0)
  })

  it('leaves nothing of missing values to chance', async () => {
    const rows: (number | null)[][] = circle(100)
    rows[3] = [null, 1, 0]
    await expect(fit(rows, { epochs: 1 })).rejects.toThrow(
      'fit: missing: refuse: expected none, got 1 missing value: 1 in column 0; drop, mean or median say',
    )
    const dropped = await fit(rows, { epochs: 1, missing: 'drop' })
    expect(dropped.report).toMatchObject({ leftOut: 1, filled: 0 })
    expect(dropped.score(rows)[3]).toBeNaN()
    expect(dropped.isAnomaly(rows)[3]).toBe(false)
    expect(dropped.encode(rows)[3].every(Number.isNaN)).toBe(true)
    expect(dropped.explain(rows)[3]).toEqual({ columns: [], cause: null })
    expect(dropped.score(rows).filter(Number.isNaN).length).toBe(1)
    const filled = await fit(rows, { epochs: 1, missing: 'median' })
    expect(filled.report).toMatchObject({ leftOut: 0, filled: 1 })
    expect(filled.score(rows)[3]).toBeGreaterThan(0)
  })

  it('learns from pairs, and says what it is better than', async () => {
    const clean = circle(300)
    const noise = key('noise').normalArray(900)
    const noisy = clean.map((row, i) => row.map((x, j) => x + 0.2 * noise[3 * i + j]))
    const model = await fit(noisy, { target: clean, bottleneck: 2, epochs: 60 })
    const { error, unchanged, mean, pca } = model.report
    expect([mean, pca]).toEqual([null, null])
    expect(error.validation!).toBeLessThan(0.7 * unchanged!.validation!)
    await expect(fit(noisy, { target: clean.slice(1) })).rejects.toThrow(
      'fit: target: expected 300 rows, as many as are given, got 299',
    )
  })

  it('minimises a function of one’s own', async () => {
    const { abs, mean, sub } = await import('@facet/tensor')
    const loss = (output: Parameters<typeof abs>[0], target: Parameters<typeof abs>[0]) =>
      mean(abs(sub(output, target)))
    const own = await fit(circle(100), { loss, epochs: 5 })
    const usual = await fit(circle(100), { epochs: 5 })
    expect(own.score(circle(5))).not.toEqual(usual.score(circle(5)))
  })

  it('tells where it stands, with the time that is left', async () => {
    const told: number[][] = []
    await fit(circle(200), {
      epochs: 200,
      onProgress: ({ epoch, epochs, step, steps, elapsed, remaining, error }) =>
        told.push([epoch, epochs, step, steps, elapsed, remaining, error]),
    })
    const [epoch, epochs, step, steps, , remaining, error] = told.at(-1)!
    expect([epoch, epochs, step, steps, remaining]).toEqual([200, 200, 2000, 2000, 0])
    expect(error).toBeLessThan(1)
    for (let i = 1; i < told.length; i++) expect(told[i][2]).toBeGreaterThan(told[i - 1][2])
  })

  it('ends early at a signal with the best weights so far, and not before there are any', async () => {
    const stop = new AbortController()
    const model = await fit(circle(200), {
      epochs: 100_000,
      signal: stop.signal,
      onProgress: ({ epoch }) => void (epoch >= 3 && stop.abort()),
    })
    expect(model.report.endedBy).toBe('signal')
    expect(model.report.epochs).toBeLessThan(100_000)
    expect(model.report.bestEpoch).toBeLessThanOrEqual(model.report.epochs)
    expect(model.score(circle(3)).every((score) => score > 0)).toBe(true)
    const early = AbortSignal.abort(new Error('no longer wanted'))
    await expect(fit(circle(200), { signal: early })).rejects.toThrow('no longer wanted')
  })

  it.each<[object, string]>([
    [{ bottlneck: 2 }, "fit: unknown option 'bottlneck'; did you mean 'bottleneck'?"],
    [{ bottleneck: 4 }, 'fit: bottleneck: expected at most 3, the columns of the rows, got 4'],
    [{ alarms: 1 }, 'fit: alarms: expected a share above 0 and below 1, got 1'],
    [{ validation: 1 }, 'fit: validation: expected a share from 0 and below 1, got 1'],
    [{ missing: 'zero' }, 'fit: missing: expected one of'],
    [{ hidden: 64 }, 'fit: hidden: expected a list of widths such as [64, 64], got 64'],
    [{ batchSize: 1000 }, 'fit: batchSize: expected at most 80, the rows trained on, got 1000'],
    [{ columns: ['a', 'a', 'b'] }, 'fit: columns: expected the number of columns, or their names, each once'],
    [{ skip: 'PCA' }, "fit: skip: expected one of pca, got 'PCA'"],
    [{ signal: 3 }, 'fit: signal: expected an AbortSignal, got 3'],
  ])('refuses %j by name', async (options, message) => {
    await expect(fit(circle(100), { epochs: 1, ...options })).rejects.toThrow(message)
  })

  it.each<[unknown, string]>([
    [[], 'fit: expected rows to train on, got none'],
    [[[1], [2]], 'fit: expected rows of at least 2 columns, got 1'],
  ])('refuses rows %j', async (rows, message) => {
    await expect(fit(rows as never)).rejects.toThrow(message)
  })

  it('answers no rows with nothing', async () => {
    const model = await fit(circle(60), { epochs: 1 })
    for (const none of [[], new Float32Array(0)]) {
      for (const ask of ['score', 'pValues', 'isAnomaly', 'encode', 'explain', 'outside'] as const) {
        expect(model[ask](none), ask).toEqual([])
      }
    }
    expect(model.reconstruct([])).toEqual([])
  })

  it('fits a single row, and says that nothing was held out', async () => {
    const model = await fit([[1, 2, 3]], { epochs: 1 })
    expect(model.report).toMatchObject({ trained: 1, heldOut: 0, alarms: null, bestEpoch: null })
    expect(model.threshold).toBe(Infinity)
    expect(() => model.isAnomaly([[1, 2, 3]])).toThrow('isAnomaly: expected a model with rows held out')
  })

  it('keeps no tensor but the model’s, and gives those back', async () => {
    const settle = async () => {
      const model = await fit(circle(64), { epochs: 2 })
      model.score(circle(64))
      model.explain(circle(4))
      model.outside(circle(4))
      await model.partialFit(circle(32))
      model.dispose()
    }
    await settle()
    const before = memory().tensors
    for (let i = 0; i < 3; i++) await settle()
    expect(memory().tensors).toBe(before)
  })

  it('says that a model is no longer in use', async () => {
    const model = await fit(circle(20), { epochs: 1 })
    model.dispose()
    model.dispose()
    expect(() => model.score(circle(1))).toThrow('score: expected a model in use, got one after dispose()')
    await expect(async () => model.save()).rejects.toThrow('save: expected a model in use')
  })
})
