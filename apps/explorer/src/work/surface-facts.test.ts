import { crossings, type PlanePartition, planePartition } from '@facet/geometry'
import { autoencoder, pca } from '@facet/models'
import { init, key, matmul, sub, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import type { DataFacts } from '../run/data-facts.ts'
import { curveOf, surfaceOf } from './surface-facts.ts'
import { SurfaceSpace } from './surface-space.ts'

beforeAll(() => init({ relaxedSimd: false }))

const rowsOf = (x: Tensor) => x.toArray() as number[][]
const point = (values: Float32Array, i: number) => Array.from(values.subarray(3 * i, 3 * i + 3))

const sizes = { encoderHidden: [6], decoderHidden: [12, 12], seed: 4 }

function factsOf(width: number, count = 50, columns: string[] | null = null): DataFacts {
  const train = Float32Array.from(
    key('surface').normalArray(count * width),
    (value, i) => value * (1 + (i % width)),
  )
  return {
    train,
    validation: train,
    width,
    labels: null,
    classes: null,
    columns,
    kind: 'points',
    image: null,
  }
}

/** The order in which `regionsPicture` writes polygons. */
function pictureOf({ structure, regions }: PlanePartition) {
  const starts = Uint32Array.from([0])
  const all = [...starts]
  for (let face = 0; face < regions; face++) {
    let [h, count] = [structure.first[face], 0]
    do {
      count++
      h = structure.next[h]
    } while (h !== structure.first[face])
    all.push(all[face] + count)
  }
  return { starts: Uint32Array.from(all), hashes: new Uint32Array(2 * regions) }
}

/** s, t of the corners of all polygons, in the same order. */
function latentCorners({ structure: { faces, first, next, origin, s, t } }: PlanePartition): number[][] {
  const corners: number[][] = []
  for (let face = 0; face < faces; face++) {
    let h = first[face]
    do {
      corners.push([s[origin[h]], t[origin[h]]])
      h = next[h]
    } while (h !== first[face])
  }
  return corners
}

it.each([2, 3])('in %i dimensions has D(z) of every corner z, with 0 beyond', (width) => {
  const model = autoencoder({ input: width, bottleneck: 2, ...sizes })
  const partition = planePartition(model.decoder, { window: [-2, 2] })
  const picture = pictureOf(partition)
  const space = new SurfaceSpace(factsOf(width))
  const { corners, starts, hashes, dimension, isFlat, axes } = surfaceOf(
    space,
    model.decoder,
    partition,
    picture,
  )
  const wanted = rowsOf(model.decode(tensor(latentCorners(partition))))
  expect(partition.regions).toBeGreaterThan(30)
  expect(corners.length).toBe(3 * wanted.length)
  wanted.forEach((row, i) => {
    const found = point(corners, i)
    row.forEach((value, k) => expect(found[k]).toBeCloseTo(value, 5))
    if (width === 2) expect(found[2]).toBe(0)
  })
  expect(starts).toBe(picture.starts)
  expect(hashes).toBe(picture.hashes)
  expect([dimension, isFlat, axes]).toEqual([2, width === 2, ['x', 'y', 'z']])
})

it('has creases that join: each goes along a side of two polygons, and there is one for every wall', () => {
  const model = autoencoder({ input: 3, bottleneck: 2, ...sizes })
  const partition = planePartition(model.decoder, { window: [-2, 2] })
  const { corners, starts, creases } = surfaceOf(
    new SurfaceSpace(factsOf(3)),
    model.decoder,
    partition,
    pictureOf(partition),
  )
  const side = (a: number[], b: number[]) => [a.join(), b.join()].sort().join(' ')
  const sides = new Map<string, number>()
  for (let i = 0; i + 1 < starts.length; i++)
    for (let k = starts[i]; k < starts[i + 1]; k++) {
      const name = side(point(corners, k), point(corners, k + 1 < starts[i + 1] ? k + 1 : starts[i]))
      sides.set(name, (sides.get(name) ?? 0) + 1)
    }
  const count = creases.length / 6
  for (let i = 0; i < count; i++)
    expect(sides.get(side(point(creases, 2 * i), point(creases, 2 * i + 1)))).toBe(2)
  expect(count).toBe([...sides.values()].filter((polygons) => polygons === 2).length)
  expect(count).toBeGreaterThan(50)
})

it('of more dimensions lies on the main axes of the training samples, and so do they', () => {
  const facts = factsOf(6)
  const model = autoencoder({ input: 6, bottleneck: 3, ...sizes })
  // Two axes of three, through a point that is not 0.
  const plane = { origin: [0, 0.5, 0], u: [0, 0, 1], v: [1, 0, 0] }
  const partition = planePartition(model.decoder, { plane, window: [-1, 1] })
  const space = new SurfaceSpace(facts)
  const { corners, samples, isFlat, axes } = surfaceOf(space, model.decoder, partition, pictureOf(partition))
  const data = tensor(facts.train, { shape: [50, 6], dtype: 'float64' })
  const { mean, components } = pca(data, 3)
  const projected = (x: Tensor) => rowsOf(matmul(sub(x, mean), components, { transposeB: true }))
  const z = latentCorners(partition).map(([s, t]) => [t, 0.5, s])
  const outputs = tensor(rowsOf(model.decode(tensor(z))), { dtype: 'float64' })
  projected(outputs).forEach((row, i) =>
    row.forEach((value, k) => expect(corners[3 * i + k]).toBeCloseTo(value, 4)),
  )
  projected(data).forEach((row, i) =>
    row.forEach((value, k) => expect(samples[3 * i + k]).toBeCloseTo(value, 4)),
  )
  expect([isFlat, axes]).toEqual([false, ['PCA 1', 'PCA 2', 'PCA 3']])
})

it('gives samples that are its own, for they are sent away', () => {
  const facts = factsOf(2, 4, ['height', 'weight'])
  const space = new SurfaceSpace(facts)
  expect(space.axes).toEqual(['height', 'weight', 'z'])
  const [first, second] = [space.samples(), space.samples()]
  expect(first).toEqual(second)
  expect(first.buffer).not.toBe(second.buffer)
  expect(point(first, 1)).toEqual([facts.train[2], facts.train[3], 0])
})

it('of two rows of many numbers has one axis along which they vary', () => {
  const facts = factsOf(5, 2)
  const samples = new SurfaceSpace(facts).samples()
  const distance = Math.hypot(...Array.from({ length: 5 }, (_, i) => facts.train[i] - facts.train[5 + i]))
  expect(Math.abs(samples[0] - samples[3])).toBeCloseTo(distance, 4)
  for (const i of [1, 2, 4, 5]) expect(samples[i]).toBeCloseTo(0, 4)
})

it('of one number is a chain of segments between the crossings, each on one region', () => {
  const model = autoencoder({ input: 2, bottleneck: 1, ...sizes })
  const walk = crossings(model.decoder, [[-3], [3]])
  const z = [-3, ...Array.from(walk.t, (t) => -3 + 6 * t), 3]
  const strip = {
    corners: Float32Array.from(
      z.slice(0, -1).flatMap((low, i) => [low, 0, z[i + 1], 0, z[i + 1], 1, low, 1]),
    ),
    starts: Uint32Array.from(z, (_, i) => 4 * i),
    hashes: Uint32Array.from({ length: 2 * walk.regions }, (_, i) => i),
    frame: { s: [-3, 3], t: [0, 1] } as const,
  }
  const { corners, starts, hashes, dimension, creases, isFlat } = curveOf(
    new SurfaceSpace(factsOf(2)),
    model.decoder,
    strip,
  )
  expect(walk.regions).toBeGreaterThan(5)
  expect(corners.length).toBe(3 * z.length)
  expect(Array.from(starts)).toEqual(z.map((_, i) => i))
  expect([dimension, creases.length, isFlat]).toEqual([1, 0, true])
  expect(hashes).toBe(strip.hashes)
  rowsOf(model.decode(tensor(z.map((value) => [value])))).forEach(([x, y], i) => {
    expect(corners[3 * i]).toBeCloseTo(x, 4)
    expect(corners[3 * i + 1]).toBeCloseTo(y, 4)
  })
  // Between its ends a segment is straight: the middle of it is the image of the middle.
  const middles = z.slice(0, -1).map((low, i) => [(low + z[i + 1]) / 2])
  rowsOf(model.decode(tensor(middles))).forEach(([x, y], i) => {
    expect((corners[3 * i] + corners[3 * i + 3]) / 2).toBeCloseTo(x, 4)
    expect((corners[3 * i + 1] + corners[3 * i + 4]) / 2).toBeCloseTo(y, 4)
  })
})
