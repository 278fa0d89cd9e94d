import { crc32, init, type Tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from '../dataset.ts'
import { arcs } from './arcs.ts'
import { circle } from './circle.ts'
import type { ShapeOptions } from './shape-set.ts'
import { spiral } from './spiral.ts'
import { swissRoll } from './swiss-roll.ts'
import { torus } from './torus.ts'
import { twoMoons } from './two-moons.ts'

beforeAll(() => init())

const rowsOf = (x: Tensor) => x.toArray() as number[][]
const average = (values: number[]) => values.reduce((sum, v) => sum + v, 0) / values.length
const checksum = (x: Tensor) =>
  crc32(new Uint8Array((x.dataSync() as Float64Array).slice().buffer)).toString(16)

/** Each set: dimensions, classes, how far a point is from the shape that its class says, and checksums of both parts with noise. */
const sets: [
  name: string,
  make: (options?: ShapeOptions) => Dataset,
  facts: {
    dimensions: number
    classes: number
    miss: (point: number[], label: number) => number
    bits: [train: string, test: string]
  },
][] = [
  [
    'circle',
    circle,
    { dimensions: 2, classes: 1, miss: ([x, y]) => Math.hypot(x, y) - 1, bits: ['77ac417b', 'e5d90f4f'] },
  ],
  [
    'arcs',
    arcs,
    {
      dimensions: 2,
      classes: 3,
      miss([x, y], label) {
        const place = ((Math.atan2(y, x) / (2 * Math.PI) + 1 + 1e-12) % 1) * 3 - (label - 1)
        return Math.abs(Math.hypot(x, y) - 1) + Math.max(0, -place, place - 0.7 - 1e-9)
      },
      bits: ['91f4222b', '96654856'],
    },
  ],
  [
    'twoMoons',
    twoMoons,
    {
      dimensions: 2,
      classes: 2,
      miss([x, y], label) {
        const sign = label === 1 ? 1 : -1
        return (
          Math.abs(Math.hypot(sign * x + 0.5, sign * y + 0.25) - 1) + Math.max(0, -0.25 - sign * y - 1e-9)
        )
      },
      bits: ['180ad594', 'c34223ac'],
    },
  ],
  [
    'spiral',
    spiral,
    {
      dimensions: 2,
      classes: 2,
      miss([x, y], label) {
        const radius = Math.hypot(x, y)
        const turns = (1.25 * (radius - 0.15)) / 0.85 + (label - 1) / 2 - Math.atan2(y, x) / (2 * Math.PI)
        return Math.abs(turns - Math.round(turns)) + Math.max(0, 0.15 - radius - 1e-9, radius - 1)
      },
      bits: ['135d681b', '6cab9de9'],
    },
  ],
  [
    'swissRoll',
    swissRoll,
    {
      dimensions: 3,
      classes: 4,
      miss([x, y, z], label) {
        const radius = Math.hypot(x, z)
        const turns = (4.5 * radius - Math.atan2(z, x) / Math.PI) / 2
        const piece = (4 * (3 * radius - 1)) / 2 - (label - 1)
        return (
          Math.abs(turns - Math.round(turns)) +
          Math.max(0, -piece - 1e-9, piece - 1 - 1e-9, Math.abs(y) - 21 / (9 * Math.PI))
        )
      },
      bits: ['291a6a5e', '2e4e29d6'],
    },
  ],
  [
    'torus',
    torus,
    {
      dimensions: 3,
      classes: 4,
      miss([x, y, z], label) {
        const fourth = ((Math.atan2(y, x) / (2 * Math.PI) + 1 + 1e-12) % 1) * 4 - (label - 1)
        return Math.abs(Math.hypot(Math.hypot(x, y) - 1, z) - 0.4) + Math.max(0, -fourth, fourth - 1)
      },
      bits: ['45c19621', '5f752469'],
    },
  ],
]

describe.each(sets)('%s', (name, make, { dimensions, classes, miss, bits }) => {
  it('has the sizes that are asked for', () => {
    const small = make({ points: 7, test: 3, dtype: 'float64' })
    expect([small.name, small.train.dtype]).toEqual([name, 'float64'])
    expect([small.train.shape, small.test.shape]).toEqual([
      [7, dimensions],
      [3, dimensions],
    ])
    expect([small.trainLabels.length, small.testLabels.length]).toEqual([7, 3])
    expect(make().train.shape).toEqual([200, dimensions])
    expect([make().test.shape, make().train.dtype]).toEqual([[100, dimensions], 'float32'])
  })

  it('lies on its shape, every class in its part of it', () => {
    const { train, test, trainLabels, testLabels } = make({ points: 400, test: 400, dtype: 'float64' })
    for (const [part, labels] of [
      [train, trainLabels],
      [test, testLabels],
    ] as const) {
      rowsOf(part).forEach((point, i) => {
        expect(Math.abs(miss(point, labels[i]))).toBeLessThan(1e-8)
      })
    }
  })

  it('has equally many points of each class', () => {
    const { trainLabels } = make({ points: 24 })
    for (let label = 1; label <= classes; label++) {
      expect(trainLabels.filter((other) => other === label)).toHaveLength(24 / classes)
    }
  })

  it('adds noise of the deviation that is asked for, to the same points', () => {
    const [plain, noisy] = [0, 0.1].map((noise) =>
      rowsOf(make({ points: 1000, noise, seed: 3, dtype: 'float64' }).train).flat(),
    )
    const added = noisy.map((value, i) => value - plain[i])
    expect(average(added)).toBeCloseTo(0, 1)
    expect(Math.sqrt(average(added.map((v) => v * v)))).toBeCloseTo(0.1, 2)
  })

  it('depends on the seed, and no part on the size of the other', () => {
    const train = (seed: number, test: number) => rowsOf(make({ points: 9, test, seed, noise: 0.1 }).train)
    expect(train(1, 5)).toEqual(train(1, 8))
    expect(train(1, 5)).not.toEqual(train(2, 5))
    const { train: first, test } = make({ points: 9, test: 9, noise: 0.1 })
    expect(rowsOf(first)).not.toEqual(rowsOf(test))
  })

  it('gives these bits, on whatever engine it runs', () => {
    const { train, test } = make({ points: 50, test: 50, noise: 0.05, dtype: 'float64' })
    expect([checksum(train), checksum(test)]).toEqual(bits)
  })

  it('refuses options that it does not know and numbers that are out of range', () => {
    expect(() => make({ count: 9 } as object)).toThrow(`${name}: unknown option 'count'`)
    expect(() => make({ points: 1 })).toThrow(`${name}: points: expected an integer of at least 2, got 1`)
    expect(() => make({ noise: -1 })).toThrow(
      `${name}: noise: expected a finite number of at least 0, got -1`,
    )
  })
})

it('starts with the same points however many are drawn', () => {
  const points = (count: number) => rowsOf(spiral({ points: count, noise: 0.1 }).train)
  expect(points(30).slice(0, 9)).toEqual(points(9))
})
