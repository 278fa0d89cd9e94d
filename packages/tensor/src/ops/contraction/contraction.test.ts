import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'
import { asTensor, at, broadcasting, build, plain } from '../../testing/arrays.ts'

beforeAll(() => ops.init())

const close = (got: ops.Tensor, want: number[]): void => {
  const values = got.dataSync()
  expect(values.length).toBe(want.length)
  want.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 9))
}

const products = fc
  .record({
    lead: broadcasting(2),
    m: fc.nat(5),
    k: fc.nat(6),
    n: fc.nat(9),
    ta: fc.boolean(),
    tb: fc.boolean(),
  })
  .chain(({ lead, m, k, n, ta, tb }) =>
    fc.record({
      a: plain(fc.constant([...lead.parts[0].slice(0, 2), ...(ta ? [k, m] : [m, k])])),
      b: plain(
        fc.constant([
          ...lead.parts[0].slice(0, 2).map((l, i) => (i === 0 ? 1 : l)),
          ...(tb ? [n, k] : [k, n]),
        ]),
      ),
      lead: fc.constant(lead.parts[0].slice(0, 2)),
      sizes: fc.constant([m, k, n]),
      ta: fc.constant(ta),
      tb: fc.constant(tb),
    }),
  )

describe('contractions', () => {
  it('matmul is the sum of products, batched, broadcast and transposed', () => {
    fc.assert(
      fc.property(products, ({ a, b, lead, sizes: [m, k, n], ta, tb }) => {
        const c = ops.matmul(asTensor(a), asTensor(b), { transposeA: ta, transposeB: tb })
        expect(c.shape).toEqual([...lead, m, n])
        const want = build([...lead, m, n], (index) => {
          const [i, j] = index.slice(-2)
          const outer = index.slice(0, -2)
          let total = 0
          for (let p = 0; p < k; p++) {
            total +=
              at(a, [...outer, ...(ta ? [p, i] : [i, p])]) * at(b, [...outer, ...(tb ? [j, p] : [p, j])])
          }
          return total
        })
        close(c, want)
      }),
    )
  })

  it('matmul passes NaN and infinity through zeros, as IEEE arithmetic does', () => {
    const zero = ops.zeros([1, 2])
    expect(ops.matmul(zero, ops.tensor([[Infinity], [0]])).item()).toBeNaN()
    expect(ops.matmul(zero, ops.tensor([[Number.NaN, 0]]), { transposeB: true }).item()).toBeNaN()
  })

  it('dot and outer', () => {
    expect(ops.dot(ops.tensor([1, 2]), ops.tensor([3, 4])).item()).toBe(11)
    expect(ops.outer(ops.tensor([1, 2]), ops.tensor([3, 4])).toArray()).toEqual([
      [3, 4],
      [6, 8],
    ])
  })
})

describe('the options of matmul', () => {
  const [a, b] = [() => ops.ones([2, 3]), () => ops.ones([3, 4])]
  const ask = (options: unknown) => () => ops.matmul(a(), b(), options as ops.MatmulOptions)

  it('may be left out, one by one too', () => {
    for (const options of [undefined, {}, { transposeB: undefined }, { transposeA: false }]) {
      expect(ask(options)().shape).toEqual([2, 4])
    }
    expect(ops.matmul(a(), a(), { transposeA: true }).shape).toEqual([3, 3])
  })

  it('are refused where they are misspelt, no booleans or no object', () => {
    expect(ask({ transposeb: true })).toThrow(
      "matmul: unknown option 'transposeb'; did you mean 'transposeB'? Known: transposeA, transposeB",
    )
    expect(ask({ transposeA: 1 })).toThrow('matmul: transposeA: expected true or false, got 1')
    for (const wrong of [null, true, 'T', a()]) {
      expect(ask(wrong)).toThrow(/^matmul: expected options \{ transposeA, transposeB \}, got/)
    }
  })
})
