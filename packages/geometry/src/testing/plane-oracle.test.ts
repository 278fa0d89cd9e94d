import { absActivation, identityActivation, init, reluActivation } from '@facet/tensor'
import { beforeAll, describe, expect, it, test } from 'vitest'
import type { PlainLayer } from './plain-layers.ts'
import { codeOfSteps } from './plain-network.ts'
import { plainSteps } from './plain-steps.ts'
import { lineOracle, planeOracle } from './plane-oracle.ts'
import { denseScene, inputPlane } from './plane-scenes.ts'

beforeAll(() => init())

const relu = (weight: number[][], bias: number[] | null = null): PlainLayer => ({
  weight,
  bias,
  activation: reluActivation,
})

const summaryOf = (layers: PlainLayer[], level?: { output: number; value?: number }) =>
  planeOracle(layers, inputPlane, [-2, 2], level).summary()

describe('what is counted by hand', () => {
  test.each<[string, PlainLayer[], object]>([
    [
      'a wall through the window',
      [relu([[1, 0]], [-1])],
      {
        regions: 2,
        vertices: 6,
        edges: 7,
        interiorEdges: 1,
        wallLength: 4,
        sumOfSquaredAreas: 144 + 16,
        sizes: { 4: 2 },
        unitsChangedAcrossWall: { 1: 1 },
      },
    ],
    [
      'two equal walls and one of the other side',
      [
        relu(
          [
            [1, 0],
            [2, 0],
            [-1, 0],
          ],
          [-1, -2, 1],
        ),
      ],
      { regions: 2, unitsChangedAcrossWall: { 3: 1 } },
    ],
    [
      'parallel walls',
      [
        relu(
          [
            [1, 1],
            [1, 1],
          ],
          [0, 1],
        ),
      ],
      { regions: 3, interiorEdges: 2, meanNeighbours: 4 / 3 },
    ],
    [
      'three walls through one point',
      [
        relu([
          [1, 0],
          [0, 1],
          [1, 1],
        ]),
      ],
      { regions: 6, vertices: 4 + 4 + 1, interiorEdges: 6, meanNeighbours: 2, sizes: { 3: 4, 4: 2 } },
    ],
    [
      'a wall through corners of the window',
      [relu([[1, 1]])],
      { regions: 2, vertices: 4, edges: 5, sizes: { 3: 2 } },
    ],
    [
      'a wall along the edge of the window',
      [
        relu(
          [
            [1, 0],
            [0, 1],
          ],
          [2, -2],
        ),
      ],
      { regions: 1, vertices: 4, edges: 4, affinePieces: 1 },
    ],
    [
      'units that are 0 everywhere, or nowhere',
      [
        relu(
          [
            [0, 0],
            [0, 0],
          ],
          [0, -1],
        ),
      ],
      { regions: 1, interiorEdges: 0 },
    ],
    [
      'the largest of three, which meet in a point',
      [
        {
          kind: 'maxout',
          weight: [
            [
              [1, 0],
              [0, 1],
              [-1, -1],
            ],
          ],
          bias: null,
        },
      ],
      { regions: 3, vertices: 4 + 3, interiorEdges: 3, meanNeighbours: 2, affineMaps: 3 },
    ],
    [
      'equal candidates',
      [
        {
          kind: 'maxout',
          weight: [
            [
              [1, 0],
              [1, 0],
              [0, 1],
            ],
          ],
          bias: null,
        },
      ],
      { regions: 2, interiorEdges: 1, unitsChangedAcrossWall: { 1: 1 } },
    ],
    [
      'a candidate that is nowhere the largest',
      [
        {
          kind: 'maxout',
          weight: [
            [
              [1, 0],
              [-1, 0],
              [0, 0],
            ],
          ],
          bias: [[0, 0, -1]],
        },
      ],
      { regions: 2 },
    ],
    [
      'dead units behind, which make one map of many regions',
      [
        relu([
          [1, 0],
          [0, 1],
        ]),
        relu([[-1, -1]]),
      ],
      { regions: 4, affineMaps: 1, affinePieces: 1 },
    ],
    // |x| + |y| − 1: a square of four walls in four quadrants.
    [
      'a wall that bends',
      [
        {
          weight: [
            [1, 0],
            [0, 1],
          ],
          bias: null,
          activation: absActivation,
        },
        relu([[1, 1]], [-1]),
      ],
      { regions: 8, vertices: 4 + 4 + 1 + 4, interiorEdges: 12, affineMaps: 5, affinePieces: 5 },
    ],
  ])('%s', (_, layers, counts) => {
    expect(summaryOf(layers)).toMatchObject({ ...counts, area: 16, tJunctions: 0 })
  })

  it('the level set of an output is one more wall', () => {
    const layers = [relu([[1, 0]]), { weight: [[0], [1]], bias: null, activation: identityActivation }]
    expect(summaryOf(layers, { output: 1, value: 1 })).toMatchObject({
      regions: 3,
      affineMaps: 2,
      unitsChangedAcrossWall: { 1: 2 },
    })
    // Identically 0 on one side, above it on the other: on the wall of the unit itself.
    expect(summaryOf(layers, { output: 1 })).toMatchObject({ regions: 2, unitsChangedAcrossWall: { 2: 1 } })
    expect(summaryOf(layers, { output: 0 })).toMatchObject({ regions: 2, unitsChangedAcrossWall: { 1: 1 } })
  })
})

it('codes are those of a plain pass at the mean of the corners', () => {
  for (let seed = 0; seed < 20; seed++) {
    const { layers, plane, window } = denseScene(seed, false)
    for (const { code, corners } of planeOracle(layers, plane, window).regions) {
      const mean = [0, 1].map(
        (k) =>
          corners.reduce((sum, { x, y, w }) => sum + Number(k === 0 ? x : y) / Number(w), 0) / corners.length,
      )
      // Coordinates of hundreds of bits are no floats.
      if (mean.every(Number.isFinite)) expect(codeOfSteps(plainSteps(layers), mean)).toBe(code.join(''))
    }
  }
})

it('scales change no count', () => {
  const { layers, window } = denseScene(4, true)
  const counts = planeOracle(layers, inputPlane, window).summary()
  for (const exponent of [-30, 24]) {
    const size = 2 ** exponent
    const plane = { origin: [0, 0], u: [1 / size, 0], v: [0, 1 / size] }
    const scaled = planeOracle(layers, plane, [window[0] * size, window[1] * size]).summary()
    for (const name of [
      'regions',
      'vertices',
      'edges',
      'affineMaps',
      'sizes',
      'unitsChangedAcrossWall',
    ] as const)
      expect(scaled[name]).toEqual(counts[name])
    expect(scaled.area).toBe(counts.area * size * size)
  }
})

it('a line is cut where its units change, and has state 0 inside of a wall', () => {
  const layers = [
    relu(
      [
        [1, 0],
        [0, 1],
        [0, 0],
      ],
      [-1, 0, 0],
    ),
  ]
  expect(lineOracle(layers, [0, 0], [4, 0])).toEqual({
    codes: [
      [0, 0, 0],
      [1, 0, 0],
    ],
    t: [0.25],
  })
  const maxout: PlainLayer = {
    kind: 'maxout',
    weight: [
      [
        [1, 0],
        [0, 1],
        [1, -1],
      ],
    ],
    bias: null,
  }
  // Along y = 0 the first and the third are equal.
  expect(lineOracle([maxout], [-1, 0], [1, 0])).toEqual({ codes: [[1], [0]], t: [0.5] })
})
