import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'
import { asTensor, entries, plain } from '../../testing/arrays.ts'

beforeAll(() => ops.init())

const activations = fc.constantFrom(
  ops.identityActivation,
  ops.reluActivation,
  ops.absActivation,
  ops.leakyReluActivation(0.2),
)

describe('activate', () => {
  // A product adds to 0, so that −0 is none.
  const inputs = plain(
    fc.tuple(fc.nat(3), fc.integer({ min: 0, max: 70 })),
    entries.map((x) => x + 0),
  )

  it('is the activation of a layer alone: output and states are those of affine with the identity as its weights', () => {
    fc.assert(
      fc.property(inputs, activations, (x, activation) => {
        const units = x.shape[1]
        const { output, code } = ops.activate(asTensor(x), activation)
        const layer = ops.affine(asTensor(x), ops.eye(units, 'float64'), null, activation)
        expect(output.toArray()).toEqual(layer.output.toArray())
        expect(code.toArray()).toEqual(layer.code.toArray())
      }),
    )
  })

  it('propagates NaN, is exact at infinities, and takes zeros of both signs for state 0', () => {
    const x = ops.tensor([[Number.NaN, -Infinity, Infinity, 0, -0]])
    const run = (activation: ops.Activation): [unknown, unknown] => {
      const { output, code } = ops.activate(x, activation)
      return [output.toArray(), code.toArray()]
    }
    expect(run(ops.reluActivation)).toEqual([[[Number.NaN, 0, Infinity, 0, 0]], [[0b100]]])
    expect(run(ops.absActivation)).toEqual([[[Number.NaN, Infinity, Infinity, 0, 0]], [[0b100]]])
    expect(run(ops.leakyReluActivation(-1))).toEqual([[[Number.NaN, Infinity, Infinity, -0, 0]], [[0b100]]])
    expect(run(ops.leakyReluActivation(0))).toEqual([[[Number.NaN, 0, Infinity, 0, 0]], [[0b100]]])
  })

  it('of the identity is its input, in memory of its own, and a code without words', () => {
    const x = ops.tensor([[-1, 2]])
    const { output, code } = ops.activate(x, ops.identityActivation)
    expect([output.toArray(), code.shape]).toEqual([[[-1, 2]], [1, 0]])
    expect(ops.sharesMemory(output, x)).toBe(false)
  })

  it('refuses the name of an activation, and what is no float', () => {
    expect(() => ops.activate(ops.zeros([1]), 'relu' as never)).toThrow(
      "activate: expected an activation such as reluActivation, got 'relu'",
    )
    expect(() => ops.activate(ops.zeros([1], 'int32'), ops.reluActivation)).toThrow(
      'activate: expected float32 or float64, got int32; cast first',
    )
  })
})
