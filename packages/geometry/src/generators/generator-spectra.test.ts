import { eigh, init, inverse, key, matmul, mul, tensor, zeros } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { generatorSpectra } from './generator-spectra.ts'

beforeAll(() => init())

type Complex = readonly [real: number, imaginary: number]

const float64 = (values: number[][][]) => tensor(values, { dtype: 'float64' })

function spectraOf(generators: Parameters<typeof generatorSpectra>[0]): Complex[][] {
  const { real, imaginary } = generatorSpectra(generators)
  const parts = imaginary.toArray() as number[][]
  return (real.toArray() as number[][]).map((row, k) => row.map((re, i) => [re, parts[k][i]] as const))
}

/** The largest distance of a wanted eigenvalue from the found one that is paired with it, nearest first. */
function distance(found: readonly Complex[], wanted: readonly Complex[]): number {
  const left = [...found]
  return wanted.reduce((worst, [re, im]) => {
    const off = left.map(([a, b]) => Math.hypot(a - re, b - im))
    const nearest = off.indexOf(Math.min(...off))
    left.splice(nearest, 1)
    return Math.max(worst, off[nearest])
  }, 0)
}

/** V D V⁻¹ for a random V, D of blocks. */
function withSpectrum(wanted: readonly Complex[], seed: number): ReturnType<typeof matmul> {
  const n = wanted.length
  const D = Array.from({ length: n }, () => Array<number>(n).fill(0))
  for (let i = 0; i < n; i++) {
    const [re, im] = wanted[i]
    D[i][i] = re
    if (im > 0) {
      D[i][i + 1] = -im
      D[i + 1][i] = im
    }
  }
  const V = key(seed).normal([1, n, n], 'float64')
  return matmul(matmul(V, float64([D])), inverse(V))
}

describe('known spectra', () => {
  it.each([
    [
      'a rotation of three planes',
      [
        [0, 3],
        [0, -3],
        [0, 1],
        [0, -1],
        [0, 0.25],
        [0, -0.25],
      ],
    ],
    [
      'stretches',
      [
        [5, 0],
        [-2, 0],
        [1, 0],
        [0.5, 0],
        [-0.01, 0],
      ],
    ],
    [
      'spirals and a stretch',
      [
        [1, 2],
        [1, -2],
        [-3, 0.5],
        [-3, -0.5],
        [0.25, 0],
      ],
    ],
    [
      'one that is thrice there',
      [
        [2, 0],
        [2, 0],
        [2, 0],
        [-1, 0],
      ],
    ],
    [
      'a pair and zeros',
      [
        [0, 1],
        [0, -1],
        [0, 0],
        [0, 0],
      ],
    ],
  ] as [string, Complex[]][])('%s', (_, wanted) => {
    for (let seed = 0; seed < 20; seed++) {
      const G = withSpectrum(wanted, seed)
      // Rounding of V D V⁻¹ moves eigenvalues by the condition of V, which is some hundred for normal matrices of this size.
      const norm = Math.hypot(...(G.toArray() as number[][][]).flat(2))
      expect(distance(spectraOf(G)[0], wanted)).toBeLessThan(1e-11 * norm)
    }
  })

  it('a cyclic shift has the roots of 1, which no step without shift tells apart', () => {
    for (const n of [2, 3, 4, 7, 24]) {
      const shift = Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_, j) => Number((i + 1) % n === j)),
      )
      const roots = Array.from(
        { length: n },
        (_, k): Complex => [Math.cos((2 * Math.PI * k) / n), Math.sin((2 * Math.PI * k) / n)],
      )
      expect(distance(spectraOf(float64([shift]))[0], roots)).toBeLessThan(1e-14)
    }
  })

  it('a companion matrix has the roots of its polynomial: 1, 2, … 8', () => {
    let coefficients = [1]
    for (let root = 1; root <= 8; root++)
      coefficients = [...coefficients, 0].map((c, i) => c - root * (coefficients[i - 1] ?? 0))
    const companion = Array.from({ length: 8 }, (_, i) =>
      Array.from({ length: 8 }, (_, j) => (i === 0 ? -coefficients[j + 1] : Number(j === i - 1))),
    )
    const roots = Array.from({ length: 8 }, (_, k): Complex => [k + 1, 0])
    expect(distance(spectraOf(float64([companion]))[0], roots)).toBeLessThan(1e-8)
  })

  it('symmetric matrices have those of eigh, and triangular ones their diagonal', () => {
    const S = key('S').normal([1, 20, 20], 'float64')
    const sum = matmul(S, S, { transposeA: true })
    const wanted = (eigh(sum).values.toArray() as number[][])[0].map((v): Complex => [v, 0])
    expect(distance(spectraOf(sum)[0], wanted)).toBeLessThan(1e-12)
    const upper = [
      [1, 9, -3],
      [0, -2, 7],
      [0, 0, 0.5],
    ]
    expect(spectraOf(float64([upper]))[0]).toEqual([
      [-2, 0],
      [1, 0],
      [0.5, 0],
    ])
  })
})

it('sums and squares are the traces of G and G², conjugates stand together, the upper one first', () => {
  fc.assert(
    fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 30 }), (seed, d) => {
      const G = key(seed).normal([2, d, d], 'float64')
      const trace = (rows: number[][]) => rows.reduce((sum, row, i) => sum + row[i], 0)
      const [once, twice] = [G, matmul(G, G)].map((M) => (M.toArray() as number[][][]).map(trace))
      spectraOf(G).forEach((values, k) => {
        const sum = values.reduce((total, [re]) => total + re, 0)
        const squares = values.reduce((total, [re, im]) => total + re * re - im * im, 0)
        expect(Math.abs(sum - once[k])).toBeLessThan(1e-12 * d)
        expect(Math.abs(squares - twice[k])).toBeLessThan(1e-12 * d * d)
        for (let i = 0; i < d; i++) {
          if (i > 0) expect(Math.hypot(...values[i])).toBeLessThanOrEqual(Math.hypot(...values[i - 1]))
          if (values[i][1] > 0) expect(values[i + 1]).toEqual([values[i][0], -values[i][1]])
        }
      })
    }),
    { numRuns: 40 },
  )
})

it('scale with the generator, and rows of scales of their own do no harm', () => {
  const G = key('G').normal([1, 5, 5], 'float64')
  const own = spectraOf(G)[0]
  for (const exponent of [-900, -30, 30, 900]) {
    spectraOf(mul(G, 2 ** exponent))[0].forEach(([re, im], i) => {
      expect([re / 2 ** exponent, im / 2 ** exponent]).toEqual(own[i])
    })
  }
  // D⁻¹ R D for a rotation R and scales D.
  const badly = float64([
    [
      [0, -(2 ** 40)],
      [2 ** -40, 0],
    ],
  ])
  expect(
    distance(spectraOf(badly)[0], [
      [0, 1],
      [0, -1],
    ]),
  ).toBeLessThan(1e-15)
  expect(spectraOf(zeros([1, 3, 3]))[0]).toEqual([
    [0, 0],
    [0, 0],
    [0, 0],
  ])
})

it('are NaN where a number is not finite, and say what they expect', () => {
  const values = spectraOf(
    float64([
      [
        [1, Number.NaN],
        [0, 1],
      ],
      [
        [2, 0],
        [0, 1],
      ],
    ]),
  )
  expect(values[0].flat().every(Number.isNaN)).toBe(true)
  expect(values[1]).toEqual([
    [2, 0],
    [1, 0],
  ])
  expect(() => generatorSpectra(zeros([2, 3]))).toThrow(
    'generatorSpectra: expected generators [h, d, d], got float32 [2, 3]',
  )
})
