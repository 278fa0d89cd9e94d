import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'
import { asTensor, plain } from '../../testing/arrays.ts'

beforeAll(() => ops.init())

const activations = fc.constantFrom(
  ops.identityActivation,
  ops.reluActivation,
  ops.absActivation,
  ops.leakyReluActivation(0.2),
)
const formula: Record<ops.ActivationName, (p: number, alpha: number) => number> = {
  identity: (p) => p,
  relu: (p) => Math.max(p, 0),
  leakyRelu: (p, alpha) => Math.max(p, 0) + alpha * Math.min(p, 0),
  abs: Math.abs,
}

const layers = fc
  .record({
    rows: fc.nat(3),
    width: fc.nat(4),
    units: fc.constantFrom(0, 1, 5, 31, 32, 33, 70),
    bias: fc.boolean(),
  })
  .chain(({ rows, width, units, bias }) =>
    fc.record({
      x: plain(fc.constant([rows, width])),
      w: plain(fc.constant([units, width])),
      b: bias ? plain(fc.constant([units])) : fc.constant(null),
      activation: activations,
    }),
  )

describe('affine', () => {
  it('is φ(x Wᵀ + b) with one bit a unit for pre-activation > 0, whatever the number of units', () => {
    fc.assert(
      fc.property(layers, ({ x, w, b, activation }) => {
        const [rows, units] = [x.shape[0], w.shape[0]]
        const { output, code } = ops.affine(asTensor(x), asTensor(w), b && asTensor(b), activation)
        const pre = ops.matmul(asTensor(x), asTensor(w), { transposeB: true })
        const p = (b ? ops.add(pre, asTensor(b)) : pre).dataSync()
        const y = output.dataSync()
        p.forEach((value, i) =>
          expect(y[i]).toBeCloseTo(formula[activation.name](value, activation.alpha), 12),
        )
        if (activation.name === 'identity') {
          expect(code.shape).toEqual([rows, 0])
          return
        }
        expect(code.shape).toEqual([rows, Math.ceil(units / 32)])
        const states = ops.unpackStates(code, units).dataSync()
        // The bias may be added before or after the products; only a sum within rounding of 0 may differ.
        p.forEach((value, i) => Math.abs(value) > 1e-12 && expect(states[i]).toBe(value > 0 ? 1 : 0))
      }),
    )
  })

  it('propagates NaN and is exact at infinities', () => {
    const x = ops.tensor([[Number.NaN], [-Infinity], [Infinity]])
    const one = ops.ones([1, 1])
    const run = (activation: ops.Activation): unknown => ops.affine(x, one, null, activation).output.toArray()
    expect(run(ops.reluActivation)).toEqual([[Number.NaN], [0], [Infinity]])
    expect(run(ops.leakyReluActivation(0.1))).toEqual([[Number.NaN], [-Infinity], [Infinity]])
    expect(run(ops.leakyReluActivation(0))).toEqual([[Number.NaN], [0], [Infinity]])
    expect(run(ops.absActivation)).toEqual([[Number.NaN], [Infinity], [Infinity]])
  })

  it('a pre-activation of exactly 0 is state 0', () => {
    const { output, code } = ops.affine(ops.zeros([1, 1]), ops.ones([1, 1]), null, ops.absActivation)
    expect([output.item(), code.item()]).toEqual([0, 0])
  })
})

describe('applySlopes', () => {
  it('multiplies by the slope of each unit, with extra axes between sample and unit', () => {
    const states = ops.tensor([
      [true, false],
      [false, true],
    ])
    const code = ops.packStates(states)
    const g = ops.reshape(ops.arange(1, 9), [2, 2, 2])
    expect(ops.applySlopes(code, g, ops.reluActivation).toArray()).toEqual([
      [
        [1, 0],
        [3, 0],
      ],
      [
        [0, 6],
        [0, 8],
      ],
    ])
    expect(ops.applySlopes(code, g, ops.absActivation).toArray()).toEqual([
      [
        [1, -2],
        [3, -4],
      ],
      [
        [-5, 6],
        [-7, 8],
      ],
    ])
    expect(ops.applySlopes(code, g, ops.leakyReluActivation(0.5)).toArray()).toEqual([
      [
        [1, 1],
        [3, 2],
      ],
      [
        [2.5, 6],
        [3.5, 8],
      ],
    ])
    expect(ops.applySlopes(code, g, ops.identityActivation).toArray()).toEqual(g.toArray())
  })

  it('selects: a dead ReLU passes no infinity on', () => {
    const code = ops.packStates(ops.tensor([[false, false]]))
    const g = ops.tensor([[-Infinity, Infinity]])
    for (const activation of [ops.reluActivation, ops.leakyReluActivation(0)])
      expect(ops.applySlopes(code, g, activation).toArray()).toEqual([[0, 0]])
  })

  it('NaN stays NaN in either state, under every activation, in vectors and behind them', () => {
    const { reluActivation, leakyReluActivation, absActivation, identityActivation } = ops
    for (const dtype of ['float32', 'float64'] as const) {
      for (const state of [false, true]) {
        const code = ops.packStates(ops.full([1, 37], Number(state), 'bool'))
        const g = ops.full([1, 37], Number.NaN, dtype)
        for (const activation of [
          reluActivation,
          leakyReluActivation(0.1),
          leakyReluActivation(0),
          absActivation,
          identityActivation,
        ])
          expect(ops.applySlopes(code, g, activation).dataSync().every(Number.isNaN)).toBe(true)
      }
    }
  })
})
