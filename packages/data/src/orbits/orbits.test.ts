import { expm, init, matmul, mul, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Orbit } from '../dataset.ts'
import { rotationOrbit } from './rotation-orbit.ts'
import { shiftOrbit } from './shift-orbit.ts'
import { torusOrbit } from './torus-orbit.ts'

beforeAll(() => init())

const cases: [
  string,
  (seed?: number) => Orbit,
  shapes: { train: number[]; test: number[]; generators: number[] },
][] = [
  [
    'rotation',
    (seed) => rotationOrbit({ seed, dtype: 'float64' }),
    { train: [16, 6], test: [50, 6], generators: [1, 6, 6] },
  ],
  [
    'shift',
    () => shiftOrbit({ dtype: 'float64' }),
    { train: [16, 24], test: [50, 24], generators: [1, 24, 24] },
  ],
  [
    'torus',
    (seed) => torusOrbit({ seed, dtype: 'float64' }),
    { train: [40, 8], test: [81, 8], generators: [2, 8, 8] },
  ],
]

const rowsOf = (x: Tensor) => x.toArray() as number[][]
const distance = (a: number[], b: number[]) => Math.hypot(...a.map((v, i) => v - b[i]))
const largest = (x: Tensor) => Math.max(...Array.from(x.dataSync(), Math.abs))
const generatorOf = ({ generators }: Orbit, k: number) =>
  tensor((generators.toArray() as number[][][])[k], { dtype: 'float64' })

/** `exp(angle · G)` applied to a point. */
const moved = (generator: Tensor, angle: number, point: number[]) =>
  rowsOf(matmul(tensor([point], { dtype: 'float64' }), expm(mul(generator, angle)), { transposeB: true }))[0]

describe.each(cases)('%sOrbit', (name, make, shapes) => {
  it('has the shapes of the experiment', () => {
    const { train, test, generators, name: given } = make()
    expect({ train: train.shape, test: test.shape, generators: generators.shape }).toEqual(shapes)
    expect(given).toBe(name)
  })

  it('lies on the unit sphere', () => {
    const { train, test } = make()
    for (const point of [...rowsOf(train), ...rowsOf(test)]) expect(Math.hypot(...point)).toBeCloseTo(1, 12)
  })

  it('has skew-symmetric generators', () => {
    const orbit = make()
    for (let k = 0; k < shapes.generators[0]; k++) {
      const generator = generatorOf(orbit, k)
      expect(largest(generator)).toBeGreaterThan(0.1)
      const sum = rowsOf(generator).flatMap((row, i) => row.map((v, j) => v + rowsOf(generator)[j][i]))
      expect(Math.max(...sum.map(Math.abs))).toBeLessThan(1e-12)
    }
  })

  it('has a gap: its middle is 1.5 times as far from the training points as these are from each other', () => {
    const { train, test } = make()
    const points = rowsOf(train)
    const spacing = Math.max(
      ...points.map((p) => Math.min(...points.filter((q) => q !== p).map((q) => distance(p, q)))),
    )
    const centre = rowsOf(test)[Math.floor(shapes.test[0] / 2)]
    expect(Math.min(...points.map((p) => distance(p, centre)))).toBeGreaterThan(1.5 * spacing)
  })
})

describe('generators', () => {
  it('move the rotation orbit from one training point to the next by their angle', () => {
    const orbit = rotationOrbit({ seed: 5, dtype: 'float64' })
    const [first, second] = rowsOf(orbit.train)
    expect(distance(moved(generatorOf(orbit, 0), (0.35 * Math.PI) / 7, first), second)).toBeLessThan(1e-12)
  })

  it('reach the last training point of the rotation orbit after half a turn', () => {
    const orbit = rotationOrbit({ dtype: 'float64' })
    const points = rowsOf(orbit.train)
    expect(distance(moved(generatorOf(orbit, 0), Math.PI, points[0]), points[15])).toBeLessThan(1e-12)
  })

  it('delay the shift orbit: 2π/24 of the generator moves every value one sample on', () => {
    const orbit = shiftOrbit({ dtype: 'float64' })
    const [signal] = rowsOf(orbit.train)
    const delayed = signal.map((_, i) => signal[(i + 23) % 24])
    expect(distance(moved(generatorOf(orbit, 0), (2 * Math.PI) / 24, signal), delayed)).toBeLessThan(1e-12)
  })

  it('carry the first shift to the others', () => {
    const orbit = shiftOrbit({ dtype: 'float64' })
    const points = rowsOf(orbit.train)
    expect(distance(moved(generatorOf(orbit, 0), 0.65 * Math.PI, points[0]), points[8])).toBeLessThan(1e-12)
  })

  it('move the torus along its two arcs', () => {
    const orbit = torusOrbit({ seed: 2, dtype: 'float64' })
    const points = rowsOf(orbit.train)
    const step = (0.75 * Math.PI) / 6
    // The grid's first row runs along the second arc; the eighth point is one step along the first.
    expect(distance(moved(generatorOf(orbit, 1), step, points[0]), points[1])).toBeLessThan(1e-12)
    expect(distance(moved(generatorOf(orbit, 0), step, points[0]), points[7])).toBeLessThan(1e-12)
  })
})

it('refuses options and dtypes that it does not know', () => {
  expect(() => rotationOrbit({ sed: 1 } as object)).toThrow(
    "rotationOrbit: unknown option 'sed'; did you mean 'seed'? Known: seed, dtype",
  )
  expect(() => torusOrbit({ dtype: 'int32' as 'float32' })).toThrow(
    "torusOrbit: dtype: expected one of float32, float64, got 'int32'",
  )
  expect(() => shiftOrbit({ seed: 1 } as object)).toThrow("shiftOrbit: unknown option 'seed'; Known: dtype")
})

describe('the orthonormal map', () => {
  it('is drawn by the seed', () => {
    const first = (seed: number) => rowsOf(rotationOrbit({ seed }).train)[0]
    expect(first(0)).toEqual(first(0))
    expect(first(0)).not.toEqual(first(1))
  })
})
