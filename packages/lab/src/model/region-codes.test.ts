import { RegionRarity } from '@facet/geometry'
import { Autoencoder, conv, dense, flatten, maxout, maxPool, residual, sequential } from '@facet/models'
import { type ArrayData, encodeNpz, key, rows } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { startEngine } from '../engine.ts'
import { packedCodes, partitions, partsOf, unpackCodes } from './region-codes.ts'
import { readRegions } from './training-regions.ts'

/** Units with 2, 3 and 6 states, some of them inside a residual layer, 36 of them in two words. */
function model(): Autoencoder {
  const encoder = sequential({
    name: 'encoder',
    key: key(1),
    input: [1, 3, 4],
    layers: [
      conv({ channels: 3, padding: 1 }),
      residual({
        layers: [
          maxPool({ size: [2, 3], stride: 1, padding: 0 }),
          flatten(),
          maxout({ units: 36, pieces: 3 }),
        ],
      }),
      dense({ units: 2, activation: 'identity' }),
    ],
  })
  const decoder = sequential({
    name: 'decoder',
    key: key(2),
    input: [2],
    layers: [dense({ units: 5 }), dense({ units: 12, activation: 'identity' })],
  })
  return new Autoencoder(encoder, decoder)
}

const count = 300
const x = () => key('x').normal([count, 12])

beforeAll(() => startEngine())

describe('the region codes of a model folder', () => {
  it('are packed for units of two states, and numbers for those of more', () => {
    const net = model()
    const packed = packedCodes(net, x())
    expect(Object.entries(packed).map(([name, { dtype, shape }]) => [name, dtype, shape])).toEqual([
      ['encoder.0', 'uint32', [count, 2]],
      ['encoder.1', 'int32', [count, 12]],
      ['encoder.2', 'int32', [count, 36]],
      ['decoder.0', 'uint32', [count, 1]],
    ])
    const states = net.encoder.regionCode(x()).states().toArray() as number[][]
    const { data } = packed['encoder.1']
    expect(Array.from({ length: count }, (_, n) => [...data.subarray(12 * n, 12 * (n + 1))])).toEqual(
      states.map((row) => row.slice(36, 48)),
    )
    expect(Math.max(...(data as Int32Array))).toBe(5)
  })

  it('are read back as they were', () => {
    const net = model()
    const code = unpackCodes(net, packedCodes(net, x()), count)
    const own = net.regionCode(x())
    for (const name of partitions) {
      expect(code[name].hash()).toEqual(own[name].hash())
      expect(Math.max(...(code[name].differing(own[name]).toArray() as number[]))).toBe(0)
    }
  })

  it('say how unusual a row is, from the file as from the codes', async () => {
    const net = model()
    const packed = packedCodes(net, x())
    const both = new RegionRarity(partsOf(unpackCodes(net, packed, count)))
    const vector = (data: Int32Array | Float64Array): ArrayData => ({
      dtype: data instanceof Int32Array ? 'int32' : 'float64',
      shape: [data.length],
      data,
    })
    const file = (counts: Int32Array) =>
      encodeNpz({
        ...packed,
        counts: vector(counts),
        rows: vector(new Int32Array(count)),
        errors: vector(new Float64Array(count)),
        heldOutErrors: vector(new Float64Array(0)),
      })
    const { rarity } = await readRegions(net, count, await file(both.counts))
    const strange = partsOf(net.regionCode(key('strange').normal([20, 12])))
    expect(rarity.of(strange)).toEqual(both.of(strange))
    expect(rarity.of(partsOf(net.regionCode(rows(x(), 7, 8)))).occupied).toEqual(Uint8Array.of(1))
    const others = both.counts.map((value) => value + 1)
    await expect(readRegions(net, count, await file(others))).rejects.toThrow("expected 'counts' to be those")
  })

  it('are refused where an entry is missing, has another shape, or a state that there is not', () => {
    const net = model()
    const packed = packedCodes(net, x())
    const without = ({ 'encoder.2': _, ...others }: typeof packed) => others
    expect(() => unpackCodes(net, without(packed), count)).toThrow(
      "expected an array 'encoder.2' int32 [300, 36], got none",
    )
    const asBits = { ...packed, 'encoder.1': packed['encoder.0'] }
    expect(() => unpackCodes(net, asBits, count)).toThrow(
      "expected an array 'encoder.1' int32 [300, 12], got uint32 [300, 2]",
    )
    for (const state of [6, -1]) {
      packed['encoder.1'].data[7] = state
      expect(() => unpackCodes(net, packed, count)).toThrow(
        `expected an array 'encoder.1' of states from 0 to 5, got ${state}`,
      )
    }
  })
})
