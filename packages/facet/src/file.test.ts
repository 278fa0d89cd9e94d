import { runInNewContext } from 'node:vm'
import { calibrate, calibrationToFile, loadModelFile, saveModel } from '@facet/models'
import { decodeSafetensors, encodeSafetensors, init, key } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { fit, load } from './index.ts'

beforeAll(() => init())

const rows = (count: number, seed = 'rows') => {
  const numbers = key(seed).normalArray(3 * count)
  return Array.from({ length: count }, (_, i) => {
    const [a, b, c] = numbers.subarray(3 * i, 3 * i + 3)
    return { a, b: a + 0.3 * b, c: 100 + a - b + 0.1 * c }
  })
}

/** The file with something else at a place of its card (`undefined` takes it out), or other tensors. */
function changed(bytes: Uint8Array, place: string, value: unknown, tensors: object): Uint8Array {
  const file = decodeSafetensors(bytes)
  const card = JSON.parse(file.metadata['facet.fit'])
  const fields = place.split('.')
  const last = fields.pop()!
  if (place !== '') fields.reduce((at, field) => at[field], card)[last] = value
  const all = Object.entries({ ...file.tensors, ...tensors }).filter(([, array]) => array !== undefined)
  return encodeSafetensors(Object.fromEntries(all), { ...file.metadata, 'facet.fit': JSON.stringify(card) })
}

describe('a file of save', () => {
  it('comes back as a model that answers the same, and says the same of itself', async () => {
    const model = await fit(rows(150), { bottleneck: 2, epochs: 10, alarms: 0.05 })
    const copy = await load(await model.save())
    const fresh = rows(40, 'fresh')
    for (const ask of [
      'score',
      'pValues',
      'isAnomaly',
      'encode',
      'reconstruct',
      'outside',
      'explain',
    ] as const) {
      expect(copy[ask](fresh), ask).toEqual(model[ask](fresh))
    }
    expect(copy.report).toEqual(model.report)
    expect(copy.threshold).toBe(model.threshold)
    expect(await copy.save()).toEqual(await model.save())
  })

  it('goes on learning to the same bits after it was loaded in the middle of a stream', async () => {
    const model = await fit(rows(150), { bottleneck: 2, epochs: 10 })
    await model.partialFit(rows(50, 'more'))
    const copy = await load(await model.save())
    for (const seed of ['third', 'fourth']) {
      expect(await copy.partialFit(rows(33, seed))).toEqual(await model.partialFit(rows(33, seed)))
    }
    expect(copy.score(rows(9))).toEqual(model.score(rows(9)))
    expect(await copy.save()).toEqual(await model.save())
  })

  it('may be bytes, a buffer or a view of either, also of another realm', async () => {
    const model = await fit(rows(50), { epochs: 1 })
    const bytes = await model.save()
    const foreign = runInNewContext('new Uint8Array(n)', { n: bytes.length }) as Uint8Array
    foreign.set(bytes)
    const shifted = new Uint8Array(bytes.length + 3)
    shifted.set(bytes, 3)
    const score = model.score(rows(3))
    for (const given of [bytes.slice().buffer, foreign, foreign.buffer as ArrayBuffer, shifted.subarray(3)]) {
      expect((await load(given)).score(rows(3))).toEqual(score)
    }
    const flat = runInNewContext('new Float32Array([1, 2, 100])') as Float32Array
    expect(model.score(flat)).toEqual(model.score([[1, 2, 100]].map(([a, b, c]) => ({ a, b, c }))))
  })

  it('keeps rows to itself where that is asked for', async () => {
    const model = await fit(rows(150), { epochs: 2 })
    await model.partialFit(rows(20, 'more'))
    const bytes = await model.save({ rows: false })
    expect(
      Object.keys(decodeSafetensors(bytes).tensors).filter((name) => name.startsWith('facet.fit')),
    ).toEqual([])
    const copy = await load(bytes)
    expect(copy.score(rows(5))).toEqual(model.score(rows(5)))
    expect(() => copy.outside(rows(5))).toThrow('outside: expected a model that keeps rows')
    const { threshold } = copy
    expect(await copy.partialFit(rows(5))).toMatchObject({ rows: 5, threshold })
  })

  it('may be any that saveModel wrote: then rows are taken as they are', async () => {
    const fitted = await fit(rows(50), { epochs: 1 })
    const bytes = await saveModel(fitted.model, calibrationToFile(calibrate([1, 2, 3])))
    const model = await load(bytes)
    expect(model.columns).toBeNull()
    expect(model.score([[0, 0, 0]])[0]).toBeGreaterThan(0)
    expect(() => model.report).toThrow('report: expected a model of fit')
  })

  it('is refused by the field that is wrong', async () => {
    const model = await fit(rows(60), { epochs: 1 })
    await model.partialFit(rows(20, 'more'))
    const bytes = await model.save()
    const wrong: readonly [place: string, value: unknown, tensors: object, message: string][] = [
      ['version', 2, {}, 'load: facet.fit.version: expected 1, which this release reads, found 2'],
      ['alarms', undefined, {}, 'load: facet.fit.alarms: expected a number'],
      ['memory', -1, {}, 'load: facet.fit.memory: expected a whole number of at least 0, found -1'],
      ['report.error.train', 'small', {}, 'load: facet.fit.report.error.train: expected a number'],
      ['', 0, { 'facet.fit.trained': undefined }, "load: expected a tensor 'facet.fit.trained', found none"],
      ['seen.trained', 7, {}, "load: 'facet.fit.trained': expected float32 [7, 3], found float32"],
      [
        '',
        0,
        { 'facet.fit.reference': undefined },
        "load: expected a tensor 'facet.fit.reference', found none",
      ],
      ['stream.referenceBytes', 9, {}, 'decodeSafetensors: expected 2'],
    ]
    for (const [place, value, tensors, message] of wrong) {
      await expect(load(changed(bytes, place, value, tensors)), message).rejects.toThrow(message)
    }
    await expect(load(bytes.slice(0, 100))).rejects.toThrow()
    await expect(load(42 as never)).rejects.toThrow('load: expected the bytes of a file, or where it is')
    await expect(load({} as never)).rejects.toThrow('load: expected the bytes of a file, or where it is')
    expect(loadModelFile(bytes).model.input).toBe(3)
  })
})
