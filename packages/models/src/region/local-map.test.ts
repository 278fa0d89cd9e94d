import { checkGradients, jacobian, valueAndGrad } from '@facet/autograd'
import {
  absActivation,
  add,
  broadcastTo,
  expandDims,
  identityActivation,
  init,
  key,
  leakyReluActivation,
  matmul,
  mul,
  reluActivation,
  reshape,
  slice,
  squeeze,
  sum,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { network } from '../build/network.ts'
import { Chain } from '../layers/chain.ts'
import type { Network } from '../network.ts'
import { withValues } from '../parameter.ts'
import { denseLayers } from '../testing/dense-layers.ts'
import { build, magnitude, maxDifference, randomNetwork, randomPoints } from '../testing/random-models.ts'
import type { RegionCode } from './code.ts'

beforeAll(() => init())

/** A x + b for every sample: A [N, out, in], x [N, in], b [N, out]. */
function applied({ A, b }: { A: Tensor; b: Tensor }, x: Tensor): Tensor {
  return add(squeeze(matmul(A, expandDims(x, 2)), 2), b)
}

/** All input columns forward, [N, in, out], whichever way is cheaper. */
function pushed({ layers, inputs, outputs }: Network, code: RegionCode): Tensor {
  return broadcastTo(new Chain('test', layers).push(code.words, null) as Tensor, [
    code.count,
    inputs,
    outputs,
  ])
}

/** All output rows backward, [N, out, in]. */
function pulled({ layers, inputs, outputs }: Network, code: RegionCode): Tensor {
  return broadcastTo(new Chain('test', layers).pull(code.words, null) as Tensor, [
    code.count,
    outputs,
    inputs,
  ])
}

describe('the local affine map', () => {
  test('gives the output of the network from the input, for every activation, depth and bias', () => {
    fc.assert(
      fc.property(randomNetwork, (spec) => {
        const net = build(spec)
        const x = randomPoints(spec.seed, 4, net.inputs)
        const { output, code } = net.forward(x)
        const difference = maxDifference(applied(net.localAffine(code), x).dataSync(), output.dataSync())
        expect(difference / magnitude(output)).toBeLessThan(1e-12)
      }),
      { numRuns: 60 },
    )
  })

  test('is NaN where the output is, for NaN in any weight or bias', () => {
    const isNaNs = (t: Tensor): boolean[] => [...t.dataSync()].map(Number.isNaN)
    for (const activation of [
      reluActivation,
      leakyReluActivation(0.1),
      leakyReluActivation(0),
      absActivation,
    ]) {
      // Columns are cheaper in the first of them, rows in the second.
      for (const sizes of [
        [2, 5, 6, 7],
        [7, 6, 5, 2],
      ]) {
        const net = network({ sizes, activations: activation, key: key(3), dtype: 'float64' })
        const x = randomPoints(5, 6, sizes[0])
        const { parameters } = net
        for (const [p, { value }] of parameters.entries()) {
          for (const place of [0, value.size - 1]) {
            const values = value.dataSync()
            values[place] = Number.NaN
            const holed = parameters.map((parameter, i) =>
              i === p ? tensor(values, { shape: value.shape }) : parameter.value,
            )
            withValues(parameters, holed, () => {
              const { output, code } = net.forward(x)
              const want = isNaNs(output)
              expect(want).toContain(true)
              expect(isNaNs(applied(net.localAffine(code), x))).toEqual(want)
              const carried = net.applyJacobian(code, x)
              const { b } = net.localAffine(code)
              expect(isNaNs(add(carried, b))).toEqual(want)
              for (const A of [pushed(net, code), transpose(pulled(net, code), [0, 2, 1])]) {
                const both = add(squeeze(matmul(A, expandDims(x, 2), { transposeA: true }), 2), b)
                expect(isNaNs(both)).toEqual(want)
              }
              const { rows, readout } = net.tangentFactors(code)
              const product = readout === null ? rows : matmul(rows, readout, { transposeB: true })
              expect(isNaNs(product)).toEqual(isNaNs(net.tangents(code)))
            })
          }
        }
      }
    }
  })

  test('leaves the weight of a linear last layer as a factor of the tangents', () => {
    fc.assert(
      fc.property(randomNetwork, (spec) => {
        const net = build(spec)
        const code = net.regionCode(randomPoints(spec.seed, 3, net.inputs))
        const tangents = net.tangents(code)
        const { rows, readout } = net.tangentFactors(code)
        const product = readout === null ? rows : matmul(rows, readout, { transposeB: true })
        expect(product.shape).toEqual(tangents.shape)
        expect(maxDifference(product.dataSync(), tangents.dataSync()) / magnitude(tangents)).toBeLessThan(
          1e-12,
        )
      }),
      { numRuns: 60 },
    )
    const decoder = network({ sizes: [2, 4, 9], activations: ['relu', 'identity'], key: key(0) })
    expect(decoder.tangentFactors(zeros([5, 2])).rows.shape).toEqual([5, 2, 4])
    expect(decoder.tangentFactors(zeros([5, 2])).readout).toBe(decoder.layers[1].values.weight.value)
  })

  test('leaves the weight of the first layer, and a skip, apart from the rows of the Jacobian', () => {
    const factored = { yes: 0, no: 0 }
    fc.assert(
      fc.property(randomNetwork, (spec) => {
        const net = build(spec)
        const code = net.regionCode(randomPoints(spec.seed, 3, net.inputs))
        const A = net.jacobian(code)
        const { rows, readin, skip } = net.jacobianFactors(code)
        const product = readin === null ? rows : matmul(rows, readin)
        const found = skip === null ? product : add(product, skip)
        expect(found.shape).toEqual(A.shape)
        expect(maxDifference(found.dataSync(), A.dataSync()) / magnitude(A)).toBeLessThan(1e-12)
        factored[readin === null ? 'no' : 'yes']++
      }),
      { numRuns: 60 },
    )
    expect(Math.min(factored.yes, factored.no)).toBeGreaterThan(5)
    const encoder = network({ sizes: [9, 4, 2], activations: ['relu', 'identity'], key: key(0) })
    expect(encoder.jacobianFactors(zeros([5, 9])).rows.shape).toEqual([5, 2, 4])
    expect(encoder.jacobianFactors(zeros([5, 9])).readin).toBe(encoder.layers[0].values.weight.value)
  })

  test('is the same whether input columns are pushed forward or output rows pulled back', () => {
    fc.assert(
      fc.property(randomNetwork, (spec) => {
        const net = build(spec)
        const code = net.regionCode(randomPoints(spec.seed, 3, net.inputs))
        const columns = transpose(pushed(net, code), [0, 2, 1])
        const rows = pulled(net, code)
        expect(rows.shape).toEqual([3, net.outputs, net.inputs])
        expect(columns.shape).toEqual(rows.shape)
        expect(maxDifference(columns.dataSync(), rows.dataSync()) / magnitude(rows)).toBeLessThan(1e-12)
      }),
      { numRuns: 60 },
    )
  })

  test('applied to vectors is A v, for one vector a sample, from samples or their code', () => {
    fc.assert(
      fc.property(randomNetwork, (spec) => {
        const net = build(spec)
        const x = randomPoints(spec.seed, 4, net.inputs)
        const v = randomPoints(spec.seed + 1, 4, net.inputs)
        const code = net.regionCode(x)
        const expected = squeeze(matmul(net.jacobian(code), expandDims(v, 2)), 2)
        const found = net.applyJacobian(code, v)
        expect(found.shape).toEqual([4, net.outputs])
        expect(maxDifference(found.dataSync(), expected.dataSync()) / magnitude(expected)).toBeLessThan(1e-12)
        expect(net.applyJacobian(x, v).toArray()).toEqual(found.toArray())
      }),
      { numRuns: 60 },
    )
  })

  test('applied to vectors is differentiable: in weights and vectors as numeric differentiation finds', () => {
    const activations = [leakyReluActivation(0.2), absActivation, reluActivation]
    const net = network({
      sizes: [3, 4, 3, 2],
      activations,
      hiddenBias: 'normal',
      skip: key('skip').normal([2, 3], 'float64'),
      centre: key('centre').normal([3], 'float64'),
      offset: key('offset').normal([2], 'float64'),
      key: key(7),
      dtype: 'float64',
    })
    const code = net.regionCode(randomPoints(5, 3, 3))
    const weight = key(1).normal([3, 2], 'float64')
    const { parameters } = net
    const functional = ([v, ...values]: readonly Tensor[]) =>
      withValues(parameters, values, () => {
        const pushed = net.applyJacobian(code, v)
        return sum(mul(mul(pushed, pushed), weight))
      })
    checkGradients(functional, [randomPoints(6, 3, 3), ...parameters.map(({ value }) => value)])
  })

  test('refuses vectors that do not fit the code, and codes of another network', () => {
    const make = () => network({ sizes: [3, 4, 2], activations: 'relu', key: key(0), dtype: 'float64' })
    const net = make()
    const code = net.regionCode(randomPoints(0, 5, 3))
    expect(() => net.applyJacobian(code, randomPoints(0, 4, 3))).toThrow(
      'network.applyJacobian: expected v float64 [5, 3], got float64 [4, 3]',
    )
    expect(() => net.applyJacobian(code, randomPoints(0, 5, 2))).toThrow('got float64 [5, 2]')
    expect(() => net.applyJacobian(code, [[1]] as never)).toThrow('got an array of 1')
    expect(() => make().applyJacobian(code, randomPoints(0, 5, 3))).toThrow('expected a code of this network')
  })

  test('has the Jacobian that automatic differentiation finds', () => {
    fc.assert(
      fc.property(randomNetwork, (spec) => {
        const net = build(spec)
        const x = randomPoints(spec.seed, 1, net.inputs)
        const A = net.jacobian(x)
        const found = jacobian((p: Tensor) => reshape(net.apply(expandDims(p, 0)), [net.outputs]))(
          reshape(x, [net.inputs]),
        )
        expect(found.shape).toEqual([net.outputs, net.inputs])
        expect(maxDifference(A.dataSync(), found.dataSync()) / magnitude(A)).toBeLessThan(1e-12)
      }),
      { numRuns: 30 },
    )
  })

  test('has tangents that are the transposed Jacobian, whatever is around', () => {
    fc.assert(
      fc.property(randomNetwork, (spec) => {
        const net = build(spec)
        const code = net.regionCode(randomPoints(spec.seed, 2, net.inputs))
        expect(transpose(net.tangents(code), [0, 2, 1]).toArray()).toEqual(net.jacobian(code).toArray())
      }),
      { numRuns: 30 },
    )
  })

  test('has tangents that are the transposed Jacobian, wide or narrow', () => {
    for (const sizes of [
      [2, 5, 7],
      [7, 5, 2],
    ]) {
      const net = network({ sizes, activations: 'abs', key: key(3), dtype: 'float64' })
      const code = net.regionCode(randomPoints(1, 3, net.inputs))
      const tangents = net.tangents(code)
      expect(tangents.shape).toEqual([3, net.inputs, net.outputs])
      expect(transpose(tangents, [0, 2, 1]).toArray()).toEqual(net.jacobian(code).toArray())
    }
  })

  test('has the gradient in weights and biases that numeric differentiation finds', () => {
    const activations = [leakyReluActivation(0.2), absActivation, reluActivation]
    for (const sizes of [
      [2, 4, 3, 5],
      [5, 4, 3, 2],
    ]) {
      const [inputs, , , outputs] = sizes
      const around = {
        skip: key('skip').normal([outputs, inputs], 'float64'),
        centre: key('centre').normal([inputs], 'float64'),
        offset: key('offset').normal([outputs], 'float64'),
      }
      const net = network({
        sizes,
        activations,
        hiddenBias: 'normal',
        ...around,
        key: key(7),
        dtype: 'float64',
      })
      const code = net.regionCode(randomPoints(5, 3, net.inputs))
      const left = key(1).normal([3, net.outputs, net.inputs], 'float64')
      const right = key(2).normal([3, net.outputs], 'float64')
      // Held to the code, the map is a polynomial in the weights, so differences cross no wall.
      const functional = (values: readonly Tensor[]) =>
        withValues(net.parameters, values, () => {
          const { A, b } = net.localAffine(code)
          return add(sum(mul(mul(A, A), left)), sum(mul(b, right)))
        })
      checkGradients(
        functional,
        net.parameters.map((parameter) => parameter.value),
      )
    }
  })

  test('does not depend on the weights through the code', () => {
    const net = network({
      sizes: [3, 6, 2],
      activations: ['relu', 'identity'],
      key: key(0),
      dtype: 'float64',
    })
    const x = randomPoints(2, 4, 3)
    const code = net.regionCode(x)
    const values = net.parameters.map((parameter) => parameter.value)
    const gradientAt = (at: Tensor | typeof code) =>
      valueAndGrad((p: readonly Tensor[]) => withValues(net.parameters, p, () => sum(net.localAffine(at).b)))(
        values,
      )
    const fromInputs = gradientAt(x).gradient
    const fromCode = gradientAt(code).gradient
    fromInputs.forEach((gradient, i) => {
      expect(gradient.toArray()).toEqual(fromCode[i].toArray())
    })
  })

  test('of a single identity layer is its weight and bias for every sample, in memory of its own', () => {
    const net = network({ sizes: [2, 3], activations: 'identity', key: key(4), dtype: 'float64' })
    const [{ weight, bias }] = denseLayers(net)
    const { A, b } = net.localAffine(randomPoints(0, 1, 2))
    expect(A.toArray()).toEqual([weight.value.toArray()])
    expect(b.toArray()).toEqual([bias?.value.toArray()])
    A.dispose()
    b.dispose()
    expect(weight.value.shape).toEqual([3, 2])
    expect(weight.value.dataSync()).toHaveLength(6)
    expect(bias?.value.dataSync()).toHaveLength(3)
  })

  test('of no samples is empty', () => {
    const net = network({ sizes: [2, 5, 3], activations: 'relu', key: key(0) })
    const { A, b } = net.localAffine(tensor([], { shape: [0, 2] }))
    expect([A.shape, b.shape]).toEqual([
      [0, 3, 2],
      [0, 3],
    ])
  })

  test('selects the units of a state-0 slope 0 instead of multiplying them, so an infinite weight stays behind a closed unit', () => {
    const net = network({
      sizes: [1, 2, 1],
      activations: ['relu', 'identity'],
      bias: false,
      key: key(0),
      dtype: 'float64',
    })
    const weight = tensor([[Number.POSITIVE_INFINITY], [2]], { dtype: 'float64' })
    const values = [weight, tensor([[1, 3]], { dtype: 'float64' })]
    const closed = net.codeFromStates(tensor([[false, true]]))
    expect(withValues(net.parameters, values, () => net.jacobian(closed)).toArray()).toEqual([[[6]]])
  })

  test('of a chain of identity layers is one product, the same for all samples', () => {
    const net = network({ sizes: [2, 3, 2], activations: identityActivation, key: key(9), dtype: 'float64' })
    const [first, second] = denseLayers(net)
    const product = matmul(second.weight.value, first.weight.value)
    const A = net.jacobian(randomPoints(0, 2, 2))
    for (const n of [0, 1]) {
      const one = reshape(slice(A, [n, 0, 0], [1, 2, 2]), [2, 2])
      expect(maxDifference(one.dataSync(), product.dataSync())).toBeLessThan(1e-15)
    }
  })
})
