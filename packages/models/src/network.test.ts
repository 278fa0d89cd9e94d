import {
  type Activation,
  absActivation,
  add,
  greater,
  identityActivation,
  init,
  key,
  leakyReluActivation,
  matmul,
  mul,
  reluActivation,
  type Tensor,
  tensor,
} from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { network } from './build/network.ts'
import { Dense } from './layers/dense.ts'
import type { Layer } from './layers/layer.ts'
import { Reshape } from './layers/reshape.ts'
import { Residual } from './layers/residual.ts'
import { Shift } from './layers/shift.ts'
import { Network } from './network.ts'
import { denseLayers } from './testing/dense-layers.ts'
import { build, maxDifference, randomNetwork, randomPoints } from './testing/random-models.ts'

beforeAll(() => init())

const lowerSlope: Record<Activation['name'], (activation: Activation) => number> = {
  identity: () => 1,
  relu: () => 0,
  leakyRelu: ({ alpha }) => alpha,
  abs: () => -1,
}

/** The network on one sample in plain numbers: output and the states of its units. */
function byHand(
  { layers }: { readonly layers: readonly Layer[] },
  x: readonly number[],
): { output: number[]; states: number[] } {
  const states: number[] = []
  let at = [...x]
  for (const layer of layers) {
    if (layer instanceof Shift) {
      const by = layer.shift().toArray() as number[]
      at = at.map((value, i) => value + by[i])
      continue
    }
    if (layer instanceof Residual) {
      const inner = byHand(layer.inner, at)
      const skip = layer.skip?.value.toArray() as number[][]
      states.push(...inner.states)
      const seen = at
      at = inner.output.map((value, u) => value + skip[u].reduce((sum, p, i) => sum + p * seen[i], 0))
      continue
    }
    if (!(layer instanceof Dense)) throw new Error(`byHand: ${layer.kind}`)
    const seen = at
    const weight = layer.weight.value.toArray() as number[][]
    const bias = layer.bias?.value.toArray() as number[] | undefined
    at = weight.map((row, u) => {
      const preActivation = row.reduce((total, w, i) => total + w * seen[i], 0) + (bias?.[u] ?? 0)
      if (layer.activation.name !== 'identity') states.push(preActivation > 0 ? 1 : 0)
      return preActivation > 0
        ? preActivation
        : lowerSlope[layer.activation.name](layer.activation) * preActivation
    })
  }
  return { output: at, states }
}

describe('Network', () => {
  test('returns the output and the states of the pre-activations', () => {
    fc.assert(
      fc.property(randomNetwork, (spec) => {
        const net = build(spec)
        const x = randomPoints(spec.seed, 3, net.inputs)
        const { output, code } = net.forward(x)
        const expected = (x.toArray() as number[][]).map((row) => byHand(net, row))
        expect(
          maxDifference(
            output.dataSync(),
            expected.flatMap((sample) => sample.output),
          ),
        ).toBeLessThan(1e-10)
        expect(code.states().toArray()).toEqual(expected.map((sample) => sample.states))
        expect(code.units).toBe(expected[0].states.length)
        const alone = net.regionCode(x)
        expect(alone.hash()).toEqual(code.hash())
        expect(alone.words.map(({ shape }) => shape)).toEqual(code.words.map(({ shape }) => shape))
      }),
      { numRuns: 50 },
    )
  })

  test('has one code all along a segment inside a region, and another past its end', () => {
    const net = network({
      sizes: [2, 8, 8, 1],
      activations: ['relu', 'abs', 'identity'],
      key: key(5),
      dtype: 'float64',
    })
    const start = [0.3, -0.2]
    const direction = [1, 0.5]
    const at = (ts: readonly number[]) =>
      tensor(
        ts.map((t) => start.map((s, i) => s + t * direction[i])),
        { dtype: 'float64' },
      )
    const statesAt = (t: number) =>
      byHand(
        net,
        start.map((s, i) => s + t * direction[i]),
      ).states.join('')
    let [inside, outside] = [0, 100]
    expect(statesAt(outside)).not.toBe(statesAt(0))
    for (let i = 0; i < 60; i++) {
      const middle = (inside + outside) / 2
      if (statesAt(middle) === statesAt(0)) inside = middle
      else outside = middle
    }
    const hashes = net.regionCode(at(Array.from({ length: 50 }, (_, i) => (inside * i) / 49.5))).hash()
    expect(new Set(hashes).size).toBe(1)
    expect(net.regionCode(at([outside + 1e-9])).hash()[0]).not.toBe(hashes[0])
    const { A, b } = net.localAffine(at([0, inside * 0.9]))
    const [[first, second], [b1, b2]] = [A.toArray() as number[][][], b.toArray() as number[][]]
    expect(first).toEqual(second)
    expect(b1).toEqual(b2)
  })

  test('takes an exact 0 for state 0', () => {
    const weight = tensor([[1], [-1]], { dtype: 'float64' })
    const net = new Network([new Dense({ name: 'layer', weight, bias: null, activation: absActivation })])
    expect(
      net
        .regionCode(tensor([[0], [2], [-2]], { dtype: 'float64' }))
        .states()
        .toArray(),
    ).toEqual([
      [0, 0],
      [1, 0],
      [0, 1],
    ])
  })

  test('rebuilds a code from its states', () => {
    fc.assert(
      fc.property(randomNetwork, (spec) => {
        const net = build(spec)
        const code = net.regionCode(randomPoints(spec.seed, 3, net.inputs))
        const again = net.codeFromStates(code.states())
        expect(again.equals(code).toArray()).toEqual([1, 1, 1])
        expect(again.hash()).toEqual(code.hash())
        expect(again.words.map(({ shape }) => shape)).toEqual(code.words.map(({ shape }) => shape))
      }),
      { numRuns: 30 },
    )
  })

  test('carries NaN through and is exact at infinities', () => {
    const activations = { relu: reluActivation, abs: absActivation, leakyRelu: leakyReluActivation(0.5) }
    const x = tensor([[Number.NaN], [Number.POSITIVE_INFINITY], [Number.NEGATIVE_INFINITY]], {
      dtype: 'float64',
    })
    const outputs = Object.values(activations).map((activation) => {
      const weight = tensor([[1]], { dtype: 'float64' })
      const net = new Network([new Dense({ name: 'layer', weight, bias: null, activation })])
      return (net.apply(x).toArray() as number[][]).flat()
    })
    const Inf = Number.POSITIVE_INFINITY
    expect(outputs).toEqual([
      [Number.NaN, Inf, 0],
      [Number.NaN, Inf, Inf],
      [Number.NaN, Inf, -Inf],
    ])
  })

  test('starts from the same numbers in float32 and float64', () => {
    const options = { sizes: [4, 3, 2], activations: 'relu', key: key(11) } as const
    const [single, double] = [
      network({ ...options, dtype: 'float32' }),
      network({ ...options, dtype: 'float64' }),
    ]
    single.parameters.forEach((parameter, i) => {
      const rounded = Float32Array.from(double.parameters[i].value.dataSync())
      expect(parameter.value.dtype).toBe('float32')
      expect(parameter.value.dataSync()).toEqual(rounded)
    })
  })

  test('draws the same numbers for one key, others for another key or name', () => {
    const weights = (seed: number, name: string) =>
      network({
        sizes: [3, 2],
        activations: 'relu',
        key: key(seed),
        name,
      }).layers[0].values.weight.value.toArray()
    expect(weights(1, 'a')).toEqual(weights(1, 'a'))
    expect(weights(1, 'a')).not.toEqual(weights(2, 'a'))
    expect(weights(1, 'a')).not.toEqual(weights(1, 'b'))
  })

  test('draws weights and biases, and each layer, from streams of their own', () => {
    const net = network({ sizes: [2, 2, 2], activations: 'relu', key: key(1), dtype: 'float64' })
    const firsts = net.parameters.map((parameter) => parameter.value.dataSync()[0])
    expect(new Set(firsts).size).toBe(4)
  })

  test('names its parameters by layer', () => {
    const net = network({ sizes: [3, 2, 1], activations: 'relu', key: key(0), name: 'decoder' })
    expect(net.parameters.map((parameter) => parameter.name)).toEqual([
      'decoder.0.weight',
      'decoder.0.bias',
      'decoder.1.weight',
      'decoder.1.bias',
    ])
    const bare = network({ sizes: [3, 2, 1], activations: 'relu', bias: false, key: key(0) })
    expect(bare.parameters.map((parameter) => parameter.name)).toEqual([
      'network.0.weight',
      'network.1.weight',
    ])
  })

  test('applies its layers as written: y = φ(x Wᵀ + b)', () => {
    const net = network({ sizes: [3, 2], activations: identityActivation, key: key(6), dtype: 'float64' })
    const x = randomPoints(0, 4, 3)
    const [{ weight, bias }] = denseLayers(net)
    const expected = add(matmul(x, weight.value, { transposeB: true }), bias?.value as Tensor)
    expect(maxDifference(net.apply(x).dataSync(), expected.dataSync())).toBeLessThan(1e-15)
    const relu = network({ sizes: [3, 2], activations: 'relu', key: key(6), dtype: 'float64' })
    const positive = mul(
      expected,
      tensor((greater(expected, 0).toArray() as number[][]).flat(), { shape: [4, 2], dtype: 'float64' }),
    )
    expect(maxDifference(relu.apply(x).dataSync(), positive.dataSync())).toBeLessThan(1e-15)
  })
})

describe('bad input to a network', () => {
  const net = () => network({ sizes: [3, 4, 2], activations: ['relu', 'identity'], key: key(0) })

  test('of another width or rank is named with the shape that was expected', () => {
    expect(() => net().forward(tensor([[1, 2]]))).toThrow(
      'network: expected x float32 [N, 3], got float32 [1, 2]',
    )
    expect(() => net().forward(tensor([1, 2, 3]))).toThrow(
      'network: expected x float32 [N, 3], got float32 [3]',
    )
  })

  test('of another dtype names both', () => {
    expect(() => net().forward(tensor([[1, 2, 3]], { dtype: 'float64' }))).toThrow(
      'network: expected x float32 [N, 3], got float64 [1, 3]',
    )
  })

  test('a code of another network is refused by name', () => {
    const other = network({ sizes: [3, 4, 2], activations: ['relu', 'identity'], key: key(0), name: 'other' })
    const code = other.regionCode(tensor([[1, 2, 3]]))
    for (const use of [
      () => net().localAffine(code),
      () => net().jacobian(code),
      () => net().tangents(code),
      () => net().tangentFactors(code),
      () => net().jacobianFactors(code),
    ]) {
      expect(use).toThrow("network: expected a code of this network, got one of another network, 'other'")
    }
  })

  test('states of another count or dtype are refused', () => {
    expect(() => net().codeFromStates(tensor([[true, false]]))).toThrow(
      'network.codeFromStates: expected states int32 [N, 4], got bool [1, 2]',
    )
    expect(() => net().codeFromStates(tensor([[1, 0, 1, 0]]))).toThrow(/got float32 \[1, 4\]/)
  })

  test('a skip, centre or offset of another shape or dtype is refused', () => {
    const around = (more: object) => () =>
      network({ sizes: [3, 4, 2], activations: 'relu', key: key(0), name: 'net', ...more })
    expect(around({ skip: tensor([[1, 2, 3]]) })).toThrow(
      "network 'net': skip: expected float32 [2, 3], got float32 [1, 3]",
    )
    expect(around({ centre: tensor([1, 2, 3], { dtype: 'float64' }) })).toThrow(
      "network 'net': centre: expected float32 [3], got float64 [3]",
    )
    expect(around({ offset: [1, 2] })).toThrow(
      "network 'net': offset: expected float32 [2], got an array of 2",
    )
    expect(around({ center: tensor([1, 2, 3]) })).toThrow(
      "network: unknown option 'center'; did you mean 'centre'?",
    )
    expect(around({ lastLayer: 'tiny' })).toThrow("lastLayer: expected one of drawn, small, got 'tiny'")
  })

  test('sizes, activations and layers that do not fit are refused', () => {
    const make = (sizes: number[], activations: ('relu' | 'abs')[] | 'relu') => () =>
      network({ sizes, activations, key: key(0), name: 'net' })
    expect(make([3], 'relu')).toThrow("network 'net': expected two or more sizes, positive integers, got [3]")
    expect(make([3, 0], 'relu')).toThrow(/positive integers, got \[3, 0\]/)
    expect(make([3, 1.5], 'relu')).toThrow(/positive integers, got \[3, 1.5\]/)
    expect(make([3, 2], ['relu', 'abs'])).toThrow(
      "network 'net': expected 1 activations, one for each layer, got 2",
    )
    expect(() => network({ sizes: [3, 1], activations: 'relu', key: 0 as never })).toThrow(
      "network 'network': key: expected key(seed), got 0",
    )
    expect(() => network({ sizes: 3 as never, activations: 'relu', key: key(0) })).toThrow(/got 3$/)
    expect(() => network({ sizes: [3, 1], activation: 'relu', key: key(0) } as never)).toThrow(
      "network: unknown option 'activation'; did you mean 'activations'?",
    )
    const layer = (outputs: number, inputs: number) =>
      new Dense({
        name: 'layer',
        weight: tensor(new Float32Array(outputs * inputs), { shape: [outputs, inputs] }),
        bias: null,
        activation: reluActivation,
      })
    expect(() => new Network([])).toThrow("network 'network': expected at least one layer, got none")
    expect(() => new Network([layer(3, 2), layer(2, 4)], 'net')).toThrow(
      "network 'net': layer 1 expects 4 inputs, got 3 from layer 0",
    )
  })
})

test('layers without numbers make a network of the dtype that it is asked for, float32 if none', () => {
  const flatten = new Reshape({ name: 'flatten', inputs: [2, 1], outputs: [2] })
  const x = tensor([[1, 2]], { dtype: 'float64' })
  expect(new Network([flatten], 'flat', 'float64').localAffine(x).A.toArray()).toEqual([
    [
      [1, 0],
      [0, 1],
    ],
  ])
  expect(new Network([flatten]).dtype).toBe('float32')
})
