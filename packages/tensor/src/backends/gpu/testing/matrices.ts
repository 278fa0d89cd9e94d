import type { Tensor } from '@facet/tensor'
import type { TypedArray } from '../../../dtype.ts'

type Entry = (row: number, column: number) => number

/** The n × n matrix of such entries, row by row. */
export const square = (n: number, entry: Entry): Float32Array =>
  Float32Array.from({ length: n * n }, (_, at) => entry(Math.floor(at / n), at % n))

/** The same with the upper triangle mirrored from the lower one. */
const symmetric = (n: number, entry: Entry): Float32Array =>
  square(n, (i, j) => entry(Math.max(i, j), Math.min(i, j)))

/** Fixed pseudo-random numbers in [−1, 1). */
export const noise = (count: number): Float64Array => {
  let state = 12345
  return Float64Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 31 - 1
  })
}

/** A matrix of these eigenvalues: a diagonal between two reflections along directions without preference. */
const ofSpectrum = (n: number, lambda: (k: number) => number): Float32Array => {
  const a = square(n, (i, j) => (i === j ? lambda(i) : 0))
  let turned = Float64Array.from(a)
  for (const u of [noise(n), noise(2 * n).subarray(n)]) {
    const length = u.reduce((sum, x) => sum + x * x, 0)
    const by = Float64Array.from({ length: n }, (_, i) =>
      u.reduce((sum, x, k) => sum + x * turned[k * n + i], 0),
    )
    const inner = u.reduce((sum, x, k) => sum + x * by[k], 0)
    turned = turned.map((x, at) => {
      const [i, j] = [Math.floor(at / n), at % n]
      return x - (2 * (u[i] * by[j] + by[i] * u[j])) / length + (4 * inner * u[i] * u[j]) / length ** 2
    })
  }
  return symmetric(n, (i, j) => turned[i * n + j])
}

/** Symmetric matrices of order n on which methods for eigenvalues fail. */
export const matrices: Readonly<Record<string, (n: number) => Float32Array>> = {
  'random entries': (n) => {
    const x = noise(n * n)
    return symmetric(n, (i, j) => x[i * n + j])
  },
  'eigenvalues ±1': (n) => ofSpectrum(n, (k) => (k % 2 === 0 ? 1 : -1)),
  'three clusters': (n) => ofSpectrum(n, (k) => (k % 3) + 1e-5 * (k % 7)),
  'eigenvalues from 1 to 1e-8': (n) => ofSpectrum(n, (k) => 10 ** ((-8 * k) / n)),
  'rank three': (n) => {
    const x = noise(3 * n)
    return symmetric(n, (i, j) => x[i] * x[j] + x[i + n] * x[j + n] + x[i + 2 * n] * x[j + 2 * n])
  },
  'entries of all sizes': (n) => {
    const x = noise(n * n)
    return symmetric(n, (i, j) => x[i * n + j] * 10 ** (4 * (x[i] + x[j])))
  },
  'Wilkinson’s pairs of close eigenvalues': (n) =>
    symmetric(n, (i, j) => (i === j ? Math.abs(i - (n - 1) / 2) : i - j === 1 ? 1 : 0)),
  'ones alone': (n) => symmetric(n, () => 1),
  'entries near the largest float': (n) => {
    const x = noise(n * n)
    return symmetric(n, (i, j) => (x[i * n + j] * 2e38) / (i === j ? 1 : n))
  },
  // Eigenvalues below the smallest normal float may be taken for 0: it must be less than the tolerance.
  'entries near the smallest normal float': (n) => {
    const x = noise(n * n)
    return symmetric(n, (i, j) => (2 + x[i * n + j]) * 1e-33)
  },
  'a diagonal': (n) => square(n, (i, j) => (i === j ? Math.cos(i) : 0)),
  nothing: (n) => square(n, () => 0),
  'a NaN': (n) => square(n, (i, j) => (i === 1 && j === 2 ? Number.NaN : Number(i === j))),
}

/** A definite matrix of condition below 10. */
export const definite = (n: number): Float32Array =>
  symmetric(n, (i, j) => (i === j ? 2 + (i % 3) : Math.cos(3 * i + 1.7 * j) / n))

/** Orders of matrices that take rounds: of panels filled up, of whole ones, of an odd number of pairs. */
export const orders = [40, 64, 130]

/** The numbers of tensors, which are released. */
export const read = async (tensors: readonly Tensor[]): Promise<TypedArray[]> => {
  const values: TypedArray[] = []
  for (const t of tensors) values.push(await t.data())
  for (const t of tensors) t.dispose()
  return values
}
