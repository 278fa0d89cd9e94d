import { describe, expect, it } from 'vitest'
import {
  affine,
  broadcastTo,
  cumsum,
  dot,
  gather,
  identityActivation,
  init,
  matmul,
  ones,
  prod,
  reshape,
  scatterAdd,
  sum,
  type Tensor,
  tensor,
  transpose,
  updateInPlace,
  zeros,
} from '../index.ts'
import { draws } from '../testing/values.ts'

/** Numbers of [0, 1), and their sum and that of their squares in float64. */
function uniform(count: number): { values: Float32Array; total: number; squares: number } {
  const draw = draws(5)
  const values = Float32Array.from({ length: count }, draw)
  return {
    values,
    total: values.reduce((sum, x) => sum + x, 0),
    squares: values.reduce((sum, x) => sum + x * x, 0),
  }
}

/** What NumPy and PyTorch are off by in float32, at most; ours is some hundred times less. */
const CLOSE = 1e-5

const offBy = (got: Tensor, want: number): number =>
  Math.max(...got.dataSync().map((x) => Math.abs(x - want))) / Math.abs(want)

/** Both sides stored either way, few rows and many, as parts of a batch: other loops each. */
const products: Readonly<Record<string, (a: Tensor, b: Tensor, k: number) => Tensor>> = {
  'a row by a column': (a, b, k) => matmul(reshape(a, [1, k]), reshape(b, [k, 1])),
  'a row by a row': (a, b, k) => matmul(reshape(a, [1, k]), reshape(b, [1, k]), { transposeB: true }),
  'a column by a column': (a, b, k) => matmul(reshape(a, [k, 1]), reshape(b, [k, 1]), { transposeA: true }),
  'a column by a row': (a, b, k) =>
    matmul(reshape(a, [k, 1]), reshape(b, [1, k]), { transposeA: true, transposeB: true }),
  affine: (a, b, k) => affine(reshape(a, [1, k]), reshape(b, [1, k]), null, identityActivation).output,
  dot: (a, b) => dot(a, b),
}

describe('sums of very many terms', () => {
  for (const [name, product] of Object.entries(products)) {
    it(`${name} of 2^25 ones is 2^25: nothing stands still at 2^24`, async () => {
      await init({ backend: 'wasm' })
      const x = ones([2 ** 25])
      expect([...product(x, x, 2 ** 25).dataSync()]).toEqual([2 ** 25])
      x.dispose()
    }, 30_000)
  }
})

it('long products are made in parts of 128 rows and a kilobyte: each row and column is its own', async () => {
  await init({ backend: 'wasm' })
  const [m, n, k] = [131, 262, 16_390]
  const column = (count: number, first: number): Tensor =>
    broadcastTo(
      tensor(
        Float32Array.from({ length: count }, (_, i) => i + first),
        { shape: [count, 1] },
      ),
      [count, k],
    )
  const [a, b] = [column(m, -60), column(n, -99)]
  const want = Array.from({ length: m * n }, (_, i) => (Math.floor(i / n) - 60) * ((i % n) - 99) * k)
  for (const product of [
    matmul(a, b, { transposeB: true }),
    matmul(transpose(a, [1, 0]), transpose(b, [1, 0]), { transposeA: true }),
  ]) {
    const off = product.dataSync().map((x, i) => Math.abs(x - want[i]) / Math.max(1, Math.abs(want[i])))
    expect(Math.max(...off)).toBeLessThan(CLOSE)
  }
})

const backends = [{ backend: 'wasm' }, { backend: 'wasm', relaxedSimd: false }, { backend: 'reference' }]
for (const options of backends)
  describe(`sums of many terms, ${JSON.stringify(options)}`, () => {
    it('products of 10^6 numbers are right to 1e-5, whatever their shapes', async () => {
      await init(options)
      const k = 1_000_003
      const { values, squares } = uniform(k)
      const x = tensor(values)
      for (const product of Object.values(products))
        expect(offBy(product(x, x, k), squares)).toBeLessThan(CLOSE)
      const constant = tensor(new Float32Array(k).fill(0.1))
      for (const product of Object.values(products))
        expect(offBy(product(constant, constant, k), k * Math.fround(0.1) ** 2)).toBeLessThan(CLOSE)
    })

    it('products of several rows and columns, of a batch, with and without transposition', async () => {
      await init(options)
      const k = 20_003
      const { values, squares } = uniform(k)
      const rows = (count: number): Float32Array => {
        const all = new Float32Array(count * k)
        for (let i = 0; i < count; i++) all.set(values, i * k)
        return all
      }
      const b = tensor(rows(19), { shape: [19, k] })
      for (const m of [5, 33]) {
        const a = tensor(rows(2 * m), { shape: [2, m, k] })
        expect(offBy(matmul(a, b, { transposeB: true }), squares)).toBeLessThan(CLOSE)
        expect(
          offBy(matmul(transpose(a, [0, 2, 1]), b, { transposeA: true, transposeB: true }), squares),
        ).toBeLessThan(CLOSE)
        expect(offBy(matmul(a, transpose(b)), squares)).toBeLessThan(CLOSE)
        expect(offBy(affine(a, b, null, identityActivation).output, squares)).toBeLessThan(CLOSE)
      }
    }, 30_000)

    it('the gradient of a weight over 10^6 rows, as its factors', async () => {
      await init(options)
      const k = 1_000_003
      const { values, squares } = uniform(k)
      const x = tensor(values, { shape: [k, 1] })
      for (const terms of [1, 2]) {
        const parameter = zeros([1, 1])
        const velocity = zeros([1, 1])
        const factors = { left: x, right: x, shape: [1, 1] }
        const numbers = { learningRate: 1, momentum: 0, weightDecay: 0 }
        updateInPlace('sgd', { parameter, velocity }, Array(terms).fill(factors), numbers)
        expect(offBy(velocity, terms * squares)).toBeLessThan(CLOSE)
      }
    })

    it('scatterAdd, sums, running sums and products', async () => {
      await init(options)
      const k = 1_000_003
      const { values, total } = uniform(k)
      const x = tensor(values)
      expect(offBy(scatterAdd(x, zeros([k], 'int32'), 1, 0), total)).toBeLessThan(CLOSE)
      expect(offBy(sum(x), total)).toBeLessThan(CLOSE)
      const last = gather(cumsum(x, 0), tensor([k - 1], { dtype: 'int32' }), 0)
      expect(offBy(last, total)).toBeLessThan(CLOSE)
      const near = tensor(new Float32Array(k).fill(1 + 2 ** -20))
      expect(offBy(prod(near), Math.exp(k * Math.log1p(2 ** -20)))).toBeLessThan(CLOSE)
    })
  })
