import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { exponential } from '../../elementary/exponential.ts'
import * as ops from '../../index.ts'
import { asTensor, at, broadcasting, build, entries, plain, shapes } from '../../testing/arrays.ts'

beforeAll(() => ops.init())

/** Of the engine's own `exp`, which has a test of its own; of `Math`, what kernels take from there. */
const sigmoid = (x: number): number => 1 / (1 + exponential(-x))
const unary: Record<string, [(x: ops.Tensor) => ops.Tensor, (x: number) => number]> = {
  neg: [ops.neg, (x) => -x],
  abs: [ops.abs, Math.abs],
  sign: [ops.sign, Math.sign],
  square: [ops.square, (x) => x * x],
  exp: [ops.exp, exponential],
  expm1: [ops.expm1, Math.expm1],
  log: [ops.log, Math.log],
  log1p: [ops.log1p, Math.log1p],
  sqrt: [ops.sqrt, Math.sqrt],
  reciprocal: [ops.reciprocal, (x) => 1 / x],
  sin: [ops.sin, Math.sin],
  cos: [ops.cos, Math.cos],
  tanh: [ops.tanh, Math.tanh],
  sigmoid: [ops.sigmoid, sigmoid],
  softplus: [ops.softplus, (x) => Math.max(x, 0) + Math.log1p(exponential(-Math.abs(x)))],
  floor: [ops.floor, Math.floor],
  ceil: [ops.ceil, Math.ceil],
  stopGradient: [ops.stopGradient, (x) => x],
}

const truth = (x: boolean): number => (x ? 1 : 0)
const binary: Record<
  string,
  [(a: ops.Operand, b: ops.Operand) => ops.Tensor, (a: number, b: number) => number]
> = {
  add: [ops.add, (a, b) => a + b],
  sub: [ops.sub, (a, b) => a - b],
  mul: [ops.mul, (a, b) => a * b],
  div: [ops.div, (a, b) => a / b],
  // JavaScript has NaN for these powers of 1 and −1, IEEE 754 has 1.
  pow: [ops.pow, (a, b) => (a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b)],
  atan2: [ops.atan2, Math.atan2],
  maximum: [ops.maximum, Math.max],
  minimum: [ops.minimum, Math.min],
  equal: [ops.equal, (a, b) => truth(a === b)],
  notEqual: [ops.notEqual, (a, b) => truth(a !== b)],
  less: [ops.less, (a, b) => truth(a < b)],
  lessEqual: [ops.lessEqual, (a, b) => truth(a <= b)],
  greater: [ops.greater, (a, b) => truth(a > b)],
  greaterEqual: [ops.greaterEqual, (a, b) => truth(a >= b)],
}

const special = fc.oneof(entries, fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -0, 1, -1))
const values = (t: ops.Tensor): number[] => [...t.dataSync()]
/** `Math.max(−0, 0)` and its like differ in the sign of zero only; toEqual would tell them apart. */
const unsigned = (list: number[]): number[] => list.map((x) => (x === 0 ? 0 : x))

describe('elementwise ops', () => {
  it.each(Object.entries(unary))(
    '%s is the function of each element, special values included',
    (_name, [op, f]) => {
      fc.assert(
        fc.property(plain(shapes, special), (x) => {
          const y = op(asTensor(x))
          expect(y.shape).toEqual(x.shape)
          expect(unsigned(values(y))).toEqual(unsigned(x.values.map(f)))
        }),
      )
    },
  )

  it.each(Object.entries(binary))('%s broadcasts like numpy, special values included', (_name, [op, f]) => {
    const pair = broadcasting(2).chain(({ out, parts: [p, q] }) =>
      fc.tuple(
        fc.constant(out),
        plain(fc.constant(p), special),
        plain(fc.constant(q), special),
        fc.boolean(),
      ),
    )
    fc.assert(
      fc.property(pair, ([out, x, y, swap]) => {
        const [a, b] = swap ? [y, x] : [x, y]
        const z = op(asTensor(a), asTensor(b))
        expect(z.shape).toEqual(out)
        expect(unsigned(values(z))).toEqual(unsigned(build(out, (i) => f(at(a, i), at(b, i)))))
      }),
    )
  })

  it('where picks by the condition and broadcasts all three', () => {
    const triple = broadcasting(3).chain(({ out, parts: [p, q, r] }) =>
      fc.tuple(
        fc.constant(out),
        plain(fc.constant(p)),
        plain(fc.constant(q), fc.constantFrom(0, 1)),
        plain(fc.constant(r)),
      ),
    )
    fc.assert(
      fc.property(triple, ([out, a, c, b]) => {
        const y = ops.where(asTensor(c, 'bool'), asTensor(a), asTensor(b))
        expect(values(y)).toEqual(build(out, (i) => (at(c, i) ? at(a, i) : at(b, i))))
      }),
    )
  })

  it('round takes halves to the even neighbour', () => {
    const x = ops.tensor([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.4, 2.6, Infinity], { dtype: 'float64' })
    expect(unsigned(values(ops.round(x)))).toEqual([-2, -2, 0, 0, 2, 2, 2, 3, Infinity])
  })

  it('float32 results are rounded to float32', () => {
    expect(ops.add(ops.tensor(0.1), ops.tensor(0.2)).item()).toBe(
      Math.fround(Math.fround(0.1) + Math.fround(0.2)),
    )
  })

  it('pow is that of IEEE 754: 1 to the power of anything, anything to the power of 0, and (−1) to that of infinity', () => {
    const bases = [1, 1, 1, -1, -1, Number.NaN, Infinity, Number.NaN, -1, 2]
    const powers = [Number.NaN, Infinity, -Infinity, Infinity, -Infinity, 0, 0, 1, Number.NaN, Number.NaN]
    for (const dtype of ['float32', 'float64'] as const) {
      const y = ops.pow(ops.tensor(bases, { dtype }), ops.tensor(powers, { dtype }))
      expect(values(y)).toEqual([1, 1, 1, 1, 1, 1, 1, Number.NaN, Number.NaN, Number.NaN])
    }
  })

  it('sigmoid goes down to the smallest numbers of the dtype', () => {
    for (const x of [-700, -709.5, -720, -744]) {
      const y = ops.sigmoid(ops.tensor([x], { dtype: 'float64' })).item()
      expect(y).toBe(Math.exp(x))
      expect(y).toBeGreaterThan(0)
    }
    for (const x of [-88, -100, -103])
      expect(ops.sigmoid(ops.tensor([x])).item()).toBe(Math.fround(Math.exp(x)))
    expect(values(ops.sigmoid(ops.tensor([-Infinity, Infinity, Number.NaN, 0, -0])))).toEqual([
      0,
      1,
      Number.NaN,
      0.5,
      0.5,
    ])
  })

  it('softplus is eˣ far below 0 and x far above, without overflow', () => {
    const x = [-Infinity, -745, -100, -40, 0, 40, 1e4, 1e300, Infinity, Number.NaN]
    const want = [
      0,
      5e-324,
      3.720075976020836e-44,
      Math.exp(-40),
      Math.LN2,
      40,
      1e4,
      1e300,
      Infinity,
      Number.NaN,
    ]
    expect(values(ops.softplus(ops.tensor(x, { dtype: 'float64' })))).toEqual(want)
    expect(values(ops.softplus(ops.tensor(x)))).toEqual([...new Float32Array(want)])
  })

  it('atan2 has all quadrants, signed zeros and infinities of IEEE 754', () => {
    const inf = Infinity
    const y = [
      0,
      -0,
      0,
      -0,
      0,
      -0,
      0,
      -0,
      1,
      -1,
      1,
      -1,
      inf,
      -inf,
      inf,
      -inf,
      inf,
      -inf,
      2,
      -2,
      2,
      -2,
      Number.NaN,
      1,
    ]
    const x = [
      0,
      0,
      -0,
      -0,
      1,
      1,
      -1,
      -1,
      0,
      0,
      -0,
      -0,
      inf,
      inf,
      -inf,
      -inf,
      3,
      3,
      inf,
      inf,
      -inf,
      -inf,
      1,
      Number.NaN,
    ]
    const quarters = [
      0,
      -0,
      4,
      -4,
      0,
      -0,
      4,
      -4,
      2,
      -2,
      2,
      -2,
      1,
      -1,
      3,
      -3,
      2,
      -2,
      0,
      -0,
      4,
      -4,
      Number.NaN,
      Number.NaN,
    ]
    for (const dtype of ['float32', 'float64'] as const) {
      const angles = ops.atan2(ops.tensor(y, { dtype }), ops.tensor(x, { dtype }))
      expect(values(angles)).toEqual(
        values(
          ops.tensor(
            quarters.map((k) => (k * Math.PI) / 4),
            { dtype },
          ),
        ),
      )
    }
    expect(ops.atan2(ops.tensor([1e-300], { dtype: 'float64' }), -1e300).item()).toBe(Math.PI)
  })

  it('maximum and minimum tell the zeros apart', () => {
    const [a, b] = [ops.tensor([0, -0, 0, -0, 0]), ops.tensor([-0, 0, 0, -0, -0])]
    expect(values(ops.maximum(a, b))).toEqual([0, 0, 0, -0, 0])
    expect(values(ops.minimum(a, b))).toEqual([-0, -0, 0, -0, -0])
  })

  it('predicates tell NaN and infinities', () => {
    const x = ops.tensor([1, Number.NaN, Infinity])
    expect(values(ops.isNaN(x))).toEqual([0, 1, 0])
    expect(values(ops.isFinite(x))).toEqual([1, 0, 0])
  })

  it('logical ops combine bools', () => {
    const a = ops.tensor([true, true, false, false])
    const b = ops.tensor([true, false, true, false])
    expect(values(ops.logicalAnd(a, b))).toEqual([1, 0, 0, 0])
    expect(values(ops.logicalOr(a, b))).toEqual([1, 1, 1, 0])
    expect(values(ops.logicalNot(a))).toEqual([0, 0, 1, 1])
  })

  it('cast truncates towards integers and asks ≠ 0 towards bool', () => {
    const x = ops.tensor([-1.7, 0, 0.5, 2.9])
    expect(values(ops.cast(x, 'int32'))).toEqual([-1, 0, 0, 2])
    expect(values(ops.cast(x, 'bool'))).toEqual([1, 0, 1, 1])
    expect(values(ops.cast(x, 'float32'))).toEqual(values(x))
  })

  it('a number takes the dtype of the tensor beside it', () => {
    expect(ops.add(ops.tensor(new Int32Array([1, 2])), 3).dtype).toBe('int32')
    expect(values(ops.mul(-0, ops.tensor([1])))).toEqual([-0])
  })
})
