import {
  add,
  cast,
  concat,
  div,
  eigh,
  expandDims,
  flip,
  formatShape,
  greater,
  keep,
  matmul,
  max,
  mean,
  mul,
  rows,
  scope,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
  where,
  zeros,
} from '@facet/tensor'
import { type OptionsOf, optional, optionTable } from '@facet/tensor/checks'
import { widestFloat } from '@facet/tensor/dispatch'
import { largestEigen } from './symmetric-eigen.ts'
import { aSignal } from './training/a-signal.ts'
import { checkFinite } from './training/check-finite.ts'
import { chunksOf } from './training/chunks.ts'
import { drained, Slice } from './training/yield.ts'

/** Linear principal components: the yardstick printed beside every trained model. All in float64, on GPUs, which have none, in float32. */
export interface Pca {
  /** [d] */
  readonly mean: Tensor
  /** Orthonormal rows [k, d], largest variance first; a row of zeros where the data do not vary in k directions. */
  readonly components: Tensor
  /**
   * With the first components alone: what {@link pca} finds for fewer, without another search.
   *
   * @throws Error unless k is a whole number in 0 … the number of components.
   */
  leading(k: number): Pca
  /** Projects x [N, d] on the mean plus the span of the components; of the dtype of x. */
  reconstruct(x: Tensor): Tensor
  /** Mean over samples and dimensions of the squared residual of x [N, d]. */
  error(x: Tensor): number
}

/**
 * Principal component analysis by the eigenvectors of the smaller Gram matrix of the centred data, n × n or d × d.
 *
 * @param data [n, d]
 * @param k number of components, at most min(n, d).
 * @throws Error if data is not a finite, non-empty [n, d], or k is not a whole number in 0 … min(n, d).
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { pca } from '@facet/models'
 * await init()
 * const line = tensor([[0, 0], [1, 1], [2, 2]])
 * pca(line, 1).error(line) // 0, to rounding
 */
export const pca = (data: Tensor, k: number): Pca => drained(pcaInSteps(data, k))

const sliceOptions = optionTable('pcaInSlices', {
  /** Ends it: the promise is rejected with the signal's reason. */
  signal: optional(aSignal),
})

/** How {@link pcaInSlices} is ended. */
export type PcaInSlicesOptions = OptionsOf<typeof sliceOptions>

/**
 * {@link pca} that gives the event loop its turn every 12 ms: the same numbers, and a page that never freezes. 2,000 samples of 784 dimensions took a
 * page 1.25 s in one piece.
 *
 * @param data [n, d]
 * @param k number of components, at most min(n, d).
 * @throws as `pca` does, and the signal's reason.
 * @example
 * import { init, key } from '@facet/tensor'
 * import { autoencoder, pcaInSlices } from '@facet/models'
 * await init()
 * const train = key('train').normal([256, 64])
 * const stop = new AbortController()
 * const components = await pcaInSlices(train, 4, { signal: stop.signal })
 * const model = autoencoder({ input: 64, bottleneck: 4, skip: components })
 */
export async function pcaInSlices(data: Tensor, k: number, options: PcaInSlicesOptions = {}): Promise<Pca> {
  const { signal } = sliceOptions.resolve(options)
  return new Slice().run(until(signal, pcaInSteps(data, k)))
}

/** Work that a signal ends. */
function* until<T>(
  signal: AbortSignal | undefined,
  work: Generator<void, T, void>,
): Generator<void, T, void> {
  try {
    for (;;) {
      if (signal?.aborted) throw signal.reason
      const next = work.next()
      if (next.done) return next.value
      yield
    }
  } finally {
    work.return(undefined as never)
  }
}

function* pcaInSteps(data: Tensor, k: number): Generator<void, Pca, void> {
  checkData('pca', data)
  const limit = Math.min(data.shape[0], data.shape[1])
  if (!Number.isInteger(k) || k < 0 || k > limit) {
    throw new Error(`pca: expected k in 0 … ${limit} for data ${formatShape(data.shape)}, got ${k}`)
  }
  checkFinite('pca', 'data', data)
  const exact = widestFloat('pca')
  yield
  const held: Tensor[] = []
  const hold = (make: () => Tensor): Tensor => {
    const made = keep(scope(make))
    held.push(made)
    return made
  }
  let found: { readonly mean: Tensor; readonly components: Tensor }
  try {
    const x = hold(() => cast(data, exact))
    yield
    const centre = hold(() => mean(x, 0))
    yield
    const centred = hold(() => sub(x, centre))
    yield
    found = { mean: centre, components: keep(yield* principalRows(centred, k)) }
    held.splice(held.indexOf(centre), 1)
  } finally {
    for (const each of held) each.dispose()
  }
  return pcaOf(found.mean, found.components)
}

function pcaOf(centre: Tensor, components: Tensor): Pca {
  const exact = centre.dtype
  const project = (x: Tensor): Tensor => {
    const codes = matmul(sub(cast(x, exact), centre), components, { transposeB: true })
    return add(matmul(codes, components), centre)
  }
  return {
    mean: centre,
    components,
    leading(k) {
      const most = components.shape[0]
      if (!Number.isInteger(k) || k < 0 || k > most)
        throw new Error(`leading: expected k in 0 … ${most}, got ${k}`)
      return pcaOf(centre, rows(components, 0, k))
    },
    reconstruct: (x) => scope(() => cast(project(x), x.dtype)),
    error: (x) => scope(() => mean(square(sub(cast(x, exact), project(x)))).item()),
  }
}

/**
 * The error of predicting the mean of `train` for every sample of `test`: mean over samples and dimensions of the squared residual, in float64, on GPUs in float32.
 *
 * @param train [n, d]
 * @param test [m, d]
 * @throws Error if train is not a non-empty [n, d] or the dimensions differ.
 */
export function meanPredictorError(train: Tensor, test: Tensor): number {
  checkData('meanPredictorError', train)
  if (test.rank !== 2 || test.shape[1] !== train.shape[1]) {
    throw new Error(
      `meanPredictorError: expected test [m, ${train.shape[1]}], got ${formatShape(test.shape)}`,
    )
  }
  const exact = widestFloat('meanPredictorError')
  return scope(() => mean(square(sub(cast(test, exact), mean(cast(train, exact), 0)))).item())
}

/** Up to this size of the Gram matrix all of its vectors are found at once, by one op of 6 ms. */
const WHOLE = 128

/** Rows and columns of a piece of the Gram matrix: 16 million operations for vectors of 2,000 numbers. */
const TILE = 64

/** The distance from 1 to the next number. */
const epsilons = { float32: 2 ** -23, float64: Number.EPSILON } as const

/** The first k right singular vectors of x [n, d] as rows. */
function* principalRows(x: Tensor, k: number): Generator<void, Tensor, void> {
  const [n, d] = x.shape
  const wide = d > n
  const size = Math.min(n, d)
  // An eigenvalue below the rounding of the largest one has a vector made of rounding: leave that direction out.
  const dtype = x.dtype as keyof typeof epsilons
  const rounding = Math.max(n, d) * epsilons[dtype]
  if (size <= WHOLE) {
    return scope(() => {
      const { values, vectors } = eigh(matmul(x, x, wide ? { transposeB: true } : { transposeA: true }))
      const variances = rows(flip(values, 0), 0, k)
      const axes = rows(flip(transpose(vectors), 0), 0, k)
      const directions = wide ? unitRows(matmul(axes, x)) : axes
      return where(expandDims(greater(variances, mul(max(values), rounding)), 1), directions, 0)
    })
  }
  const gram = yield* gramMatrix(x, wide)
  const { vectors } = yield* largestEigen(gram, size, k, (largest) => largest * rounding)
  const count = vectors.length
  const numbers = new Float64Array(count * size)
  vectors.forEach((vector, i) => void numbers.set(vector, i * size))
  return scope(() => {
    const axes = tensor(numbers, { shape: [count, size], dtype })
    const directions = wide && count > 0 ? unitRows(matmul(axes, x)) : axes
    return concat([wide && count === 0 ? zeros([0, d], dtype) : directions, zeros([k - count, d], dtype)], 0)
  })
}

/** x xᵀ or xᵀ x, of which the lower triangle, tile by tile. */
function* gramMatrix(x: Tensor, wide: boolean): Generator<void, Float64Array, void> {
  const lines = wide ? x : keep(transpose(x))
  const [size] = lines.shape
  const gram = new Float64Array(size * size)
  try {
    yield
    for (const [top, bottom] of chunksOf(size, TILE)) {
      for (const [left, right] of chunksOf(bottom, TILE)) {
        const tile = scope(() =>
          matmul(rows(lines, top, bottom), rows(lines, left, right), { transposeB: true }).dataSync(),
        )
        const width = right - left
        for (let i = top; i < bottom; i++) {
          const from = (i - top) * width
          gram.set(tile.subarray(from, from + width) as Float64Array, i * size + left)
        }
        yield
      }
    }
  } finally {
    if (!wide) lines.dispose()
  }
  return gram
}

function unitRows(x: Tensor): Tensor {
  return div(x, sqrt(sum(square(x), 1, true)))
}

function checkData(operation: string, data: Tensor): void {
  if (data.rank === 2 && data.size > 0) return
  throw new Error(`${operation}: expected non-empty data [n, d], got ${formatShape(data.shape)}`)
}
