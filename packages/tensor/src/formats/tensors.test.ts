import { beforeAll, describe, expect, it } from 'vitest'
import { tensor } from '../creation.ts'
import { init } from '../init.ts'
import { loadNpy, loadNpz, loadSafetensors, saveNpy, saveNpz, saveSafetensors } from './tensors.ts'

beforeAll(() => init())

const samples = () => ({
  float32: tensor([
    [1.5, -2],
    [Number.NaN, Number.NEGATIVE_INFINITY],
  ]),
  float64: tensor(Float64Array.of(0.1, 0.2)),
  int32: tensor(Int32Array.of(-1, 2)),
  uint32: tensor(Uint32Array.of(1, 2 ** 32 - 1), { shape: [1, 2, 1] }),
  bool: tensor([true, false]),
  scalar: tensor(3),
  empty: tensor(new Float32Array(0), { shape: [0, 5] }),
})

describe('saveNpy and loadNpy', () => {
  it('return tensors of every dtype as they were', async () => {
    for (const original of Object.values(samples())) {
      const copy = loadNpy(await saveNpy(original))
      expect([copy.dtype, copy.shape, copy.dataSync()]).toEqual([
        original.dtype,
        original.shape,
        original.dataSync(),
      ])
    }
  })
})

describe('saveNpz and loadNpz', () => {
  it.each([true, false])('return named tensors as they were, compress: %s', async (compress) => {
    const originals = samples()
    const copies = await loadNpz(await saveNpz(originals, { compress }))
    expect(Object.keys(copies).sort()).toEqual(Object.keys(originals).sort())
    for (const [name, original] of Object.entries(originals)) {
      const copy = copies[name]
      expect([copy.dtype, copy.shape, copy.dataSync()]).toEqual([
        original.dtype,
        original.shape,
        original.dataSync(),
      ])
    }
  })

  it('name themselves and what they refuse', async () => {
    await expect(saveNpz({ a: 3 as never })).rejects.toThrow("saveNpz: 'a': expected a tensor, got 3")
    await expect(saveNpz({}, { compressed: true } as never)).rejects.toThrow(
      "saveNpz: unknown option 'compressed'; did you mean 'compress'?",
    )
    await expect(loadNpz(new Uint8Array(4))).rejects.toThrow('decodeNpz: expected an end record')
  })
})

describe('saveSafetensors and loadSafetensors', () => {
  it('return named tensors and metadata as they were', async () => {
    const originals = samples()
    const { tensors, metadata } = loadSafetensors(await saveSafetensors(originals, { step: '17' }))
    expect(metadata).toEqual({ step: '17' })
    expect(Object.keys(tensors).sort()).toEqual(Object.keys(originals).sort())
    for (const [name, original] of Object.entries(originals)) {
      const copy = tensors[name]
      expect([copy.dtype, copy.shape, copy.dataSync()]).toEqual([
        original.dtype,
        original.shape,
        original.dataSync(),
      ])
    }
  })
})
