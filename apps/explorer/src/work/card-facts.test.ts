import { codeHashes, type PlanePartition, planePartition } from '@facet/geometry'
import { type Autoencoder, autoencoder, Network } from '@facet/models'
import { init, key, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, test } from 'vitest'
import { type CardSource, cardFacts } from './card-facts.ts'
import { layerNames } from './card-facts-layers.ts'
import { occupiedRegions } from './card-facts-occupied.ts'
import type { CardFacts } from './messages.ts'

beforeAll(() => init())

const ROWS = 120

/** A model, its whole map, and a partition of the plane of the first two axes. */
function sourceOf(
  input: number,
  sizes: readonly number[] = [12, 10],
): CardSource & { model: Autoencoder; partition: PlanePartition } {
  const model = autoencoder({ input, encoderHidden: sizes, bottleneck: 2, seed: 3 })
  const network = new Network([...model.encoder.layers, ...model.decoder.layers], 'autoencoder')
  const unit = (k: number) => Array.from({ length: input }, (_, i) => (i === k ? 1 : 0))
  const partition = planePartition(network, {
    plane: { origin: unit(-1), u: unit(0), v: unit(1) },
    window: [-1.5, 1.5],
  })
  const samples = key('samples').normal([ROWS, input])
  return { plane: 'input', partition, network, model, samples, hashes: codeHashes(partition), unionOf: null }
}

/** Row after row. */
const rowsOf = ({ samples }: CardSource): Float32Array => samples.dataSync() as Float32Array

const at = (s: number, t: number) => ({ plane: 'input', s, t }) as const

function mapped({ A, b }: CardFacts, x: ArrayLike<number>): number[] {
  const columns = A.length / b.length
  return Array.from(b, (shift, i) => {
    let sum = shift
    for (let j = 0; j < columns; j++) sum += A[i * columns + j] * x[j]
    return sum
  })
}

function errorAt({ network, partition }: CardSource, s: number, t: number): number {
  const { origin, u, v } = partition.plane
  const x = Float32Array.from({ length: network.inputs }, (_, i) => origin[i] + s * u[i] + t * v[i])
  const y = network.apply(tensor(x, { shape: [1, x.length] })).dataSync()
  return x.reduce((sum, value, i) => sum + (value - y[i]) ** 2, 0) / x.length
}

describe('of the whole map on the plane of its data', () => {
  test('the map is that of the model at every sample that lies in the region', () => {
    const source = sourceOf(2)
    const x = rowsOf(source)
    const output = source.model.reconstruct(source.samples).dataSync()
    let compared = 0
    for (let n = 0; n < ROWS; n++) {
      const facts = cardFacts(source, at(x[2 * n], x[2 * n + 1]))
      if (facts === null) continue
      const y = mapped(facts, x.subarray(2 * n, 2 * n + 2))
      for (const i of [0, 1]) expect(Math.abs(y[i] - output[2 * n + i])).toBeLessThan(1e-6)
      compared++
    }
    expect(compared).toBeGreaterThan(ROWS / 2)
  })

  test('whoever is a neighbour has the region as one, across the same units', () => {
    const source = sourceOf(2)
    for (const [s, t] of [
      [0.3, 0.2],
      [-0.7, 0.9],
      [1.1, -0.4],
    ]) {
      const facts = cardFacts(source, at(s, t))!
      expect(facts.neighbours.length).toBeGreaterThan(2)
      const names = facts.neighbours.map(({ hash }) => hash.join())
      expect(new Set(names).size).toBe(names.length)
      for (const neighbour of facts.neighbours) {
        const other = cardFacts(source, neighbour.at)!
        expect(other.hash).toEqual(neighbour.hash)
        const back = other.neighbours.find(({ hash }) => hash.join() === facts.hash.join())!
        expect(back.length).toBeCloseTo(neighbour.length, 12)
        const unitsOf = ({ units }: typeof back) => units.map(({ layer, unit }) => `${layer} ${unit}`)
        expect(unitsOf(back)).toEqual(unitsOf(neighbour))
        for (const { layer, unit, state } of neighbour.units) {
          const stateIn = ({ code }: CardFacts) => code.find((row) => row.layer === layer)!.states[unit]
          expect(stateIn(other)).toBe(state)
          expect(stateIn(facts)).toBe(1 - state)
        }
      }
    }
  })

  test('walls to neighbours come longest first', () => {
    const lengths = cardFacts(sourceOf(2), at(0.3, 0.2))!.neighbours.map(({ length }) => length)
    expect(lengths).toEqual(lengths.toSorted((a, b) => b - a))
    expect(lengths.at(-1)).toBeLessThan(lengths[0])
  })

  test('samples in it are those in the window whose place it holds, and those outside with its states', () => {
    const source = sourceOf(2, [6, 5])
    const x = rowsOf(source)
    const regionAt = (n: number) => source.partition.at(x[2 * n], x[2 * n + 1])?.index ?? -1
    const states = source.network.regionCode(source.samples).states().dataSync()
    const units = states.length / ROWS
    const stateOf = (n: number) => states.subarray(n * units, (n + 1) * units).join()
    let shared = 0
    for (let n = 0; n < ROWS; n += 4) {
      if (regionAt(n) < 0) continue
      const { samples } = cardFacts(source, at(x[2 * n], x[2 * n + 1]))!
      const expected = [...new Array(ROWS).keys()].filter((other) => regionAt(other) === regionAt(n))
      // Samples outside of the window may lie in it as well.
      expect(samples.filter((other) => regionAt(other) >= 0)).toEqual(expected)
      expect(samples).toEqual([...new Array(ROWS).keys()].filter((other) => stateOf(other) === stateOf(n)))
      if (samples.length > 1) shared++
    }
    expect(shared).toBeGreaterThan(2)
  })

  test('the largest error is that at its place, and none of 1,000 points of the region has a larger one', () => {
    const source = sourceOf(2)
    const facts = cardFacts(source, at(0.3, 0.2))!
    const { value, at: worst, beside } = facts.largestError!
    expect(errorAt(source, worst.s, worst.t)).toBeCloseTo(value, 5)
    expect(cardFacts(source, beside)!.hash).toEqual(facts.hash)
    expect(Math.hypot(beside.s - worst.s, beside.t - worst.t)).toBeLessThan(3e-3)
    const { corners } = source.partition.at(0.3, 0.2)!
    const weights = key('points').uniform([1000, corners.length]).dataSync() as Float32Array
    let largest = 0
    for (let n = 0; n < 1000; n++) {
      const own = weights.subarray(n * corners.length, (n + 1) * corners.length).map((w) => w ** 4)
      const sum = own.reduce((a, b) => a + b, 0)
      const [s, t] = [0, 1].map((k) => corners.reduce((a, corner, i) => a + (own[i] / sum) * corner[k], 0))
      largest = Math.max(largest, errorAt(source, s, t))
    }
    expect(largest).toBeLessThanOrEqual(value + 1e-6)
    expect(largest).toBeGreaterThan(0.5 * value)
  })

  test('the code is told layer by layer, and that of a neighbour differs by the units of the wall alone', () => {
    const source = sourceOf(3, [7, 5])
    const facts = cardFacts(source, at(0.1, 0.1))!
    expect(facts.code.map(({ layer, states }) => [layer, states.length])).toEqual([
      ['encoder 1', 7],
      ['encoder 2', 5],
      ['decoder 1', 5],
      ['decoder 2', 5],
      ['decoder 3', 7],
    ])
    expect(facts.code.flatMap(({ states }) => [...states])).toEqual([...source.partition.at(0.1, 0.1)!.code])
  })

  test('the area is that of the polygon, and areas of all regions fill the window', () => {
    const source = sourceOf(2, [4, 3])
    let sum = 0
    for (const { centroid } of source.partition) sum += cardFacts(source, at(...centroid))!.area
    expect(sum).toBeCloseTo(9, 10)
  })

  test('a point outside of the window has no card', () => {
    expect(cardFacts(sourceOf(2), at(2, 0))).toBeNull()
  })
})

describe('singular values', () => {
  test('are those of the map: their squares sum to the squares of its entries', () => {
    const { A, singularValues } = cardFacts(sourceOf(3), at(0.2, -0.3))!
    expect(singularValues).toHaveLength(3)
    const squares = (numbers: ArrayLike<number>) => Array.from(numbers).reduce((sum, x) => sum + x * x, 0)
    expect(squares(singularValues)).toBeCloseTo(squares(A), 12)
  })

  test('of a wide map are the two of its bottleneck, and agree with its entries', () => {
    const { A, b, singularValues, rank } = cardFacts(sourceOf(40), at(0.2, -0.3))!
    expect([A.length, b.length]).toEqual([1600, 40])
    expect(singularValues).toHaveLength(2)
    const sum = singularValues.reduce((total, value) => total + value * value, 0)
    expect(sum / A.reduce((total, value) => total + value * value, 0)).toBeCloseTo(1, 5)
    expect(rank).toBe(2)
  })

  test('the rank is the bottleneck of two in three dimensions, and 1 where one unit of it is dead', () => {
    expect(cardFacts(sourceOf(3), at(0.2, -0.3))!.rank).toBe(2)
    const source = sourceOf(3)
    const [last] = source.model.encoder.parameters.filter(({ name }) => name === 'encoder.2.weight')
    const dead = (last.value.dataSync() as Float32Array).map((value, i) => (i < 10 ? value : 0))
    last.value = tensor(dead, { shape: [2, 10] })
    const partition = planePartition(source.network, { plane: source.partition.plane, window: [-1.5, 1.5] })
    const facts = cardFacts({ ...source, partition, hashes: codeHashes(partition) }, at(0.2, -0.3))!
    expect(facts.rank).toBe(1)
    expect(facts.singularValues[0]).toBeGreaterThan(0)
  })
})

test('of a decoder the map goes from codes to data, and there is no error', () => {
  const { model, samples } = sourceOf(3)
  const partition: PlanePartition = planePartition(model.decoder, { window: [-1, 1] })
  const source: CardSource = {
    plane: 'latent',
    partition,
    network: model.decoder,
    model: null,
    samples: model.encode(samples),
    hashes: codeHashes(partition),
    unionOf: null,
  }
  const facts = cardFacts(source, { plane: 'latent', s: 0.1, t: 0.2 })!
  expect([facts.A.length, facts.b.length]).toEqual([6, 3])
  expect(facts.largestError).toBeNull()
  expect(facts.neighbours[0].at.plane).toBe('latent')
  const output = model.decode(tensor([[0.1, 0.2]])).dataSync()
  mapped(facts, [0.1, 0.2]).forEach((value, i) => {
    expect(value).toBeCloseTo(output[i], 6)
  })
})

test('layers of a skip autoencoder have the names of those inside', () => {
  const data = key(1).normal([20, 3])
  const { encoder, decoder } = autoencoder({ input: 3, encoderHidden: [4], bottleneck: 1, skip: 'pca', data })
  expect(layerNames(encoder)).toEqual(['encoder 1'])
  expect(layerNames(decoder)).toEqual(['decoder 1', 'decoder 2'])
})

test('regions that hold points are counted once each, those of a union as one', () => {
  const { partition } = sourceOf(2)
  const [a, b] = [partition.region(0), partition.region(1)].map(({ centroid }) => centroid)
  const points = Float32Array.of(...a, ...b, ...a, 5, 5)
  expect(occupiedRegions(partition, points)).toBe(2)
  expect(occupiedRegions(partition, points, () => 0)).toBe(1)
})
