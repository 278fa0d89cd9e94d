import { checkGradients, grad, hvp } from '@facet/autograd'
import { autoencoder, type Network, network, reconstruction, Trainer, withValues } from '@facet/models'
import {
  type Activation,
  absActivation,
  add,
  cast,
  identityActivation,
  init,
  key,
  leakyReluActivation,
  mul,
  reluActivation,
  reshape,
  rows,
  type Tensor,
  tensor,
} from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { contractive } from './contractive.ts'
import { contractivePenalty, higherOrderPenalty } from './contractive-penalty.ts'
import { higherOrderContractive } from './higher-order-contractive.ts'
import { gramIsCheaper, jacobianNorms, normsOfFactors } from './jacobian-norms.ts'
import { type NormKind, normKinds } from './norms.ts'
import { smallModel, startedOn, termOfRun } from './testing/small-model.ts'

beforeAll(() => init())

const samples = 3

interface Setting {
  readonly inputs: number
  readonly hidden: readonly number[]
  readonly outputs: number
  readonly activations: readonly Activation[]
  readonly bias: boolean
  readonly skip: boolean
  readonly copies: number
  readonly seed: number
}

/** Encoders of 2 to 4 layers whose Jacobians come in factors, and K copies of each of three samples. */
const settings = fc
  .record({
    inputs: fc.integer({ min: 6, max: 14 }),
    hidden: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
    outputs: fc.integer({ min: 1, max: 4 }),
    activations: fc.array(
      fc.constantFrom(reluActivation, absActivation, leakyReluActivation(0.2), identityActivation),
      { minLength: 4, maxLength: 4 },
    ),
    bias: fc.boolean(),
    skip: fc.boolean(),
    copies: fc.constantFrom(1, 3),
    seed: fc.nat(),
  })
  .filter((setting) => networkOf(setting).jacobianFactors(pointsOf(setting)).readin !== null)

function networkOf({ inputs, hidden, outputs, activations, bias, skip, seed }: Setting): Network {
  return network({
    sizes: [inputs, ...hidden, outputs],
    activations: activations.slice(0, hidden.length + 1),
    bias,
    hiddenBias: 'normal',
    initialisation: 'heNormal',
    key: key(seed),
    dtype: 'float64',
    ...(skip && { skip: key(seed).child('skip').normal([outputs, inputs], 'float64') }),
  })
}

/** Samples, then copies far from them, so that most lie in regions of their own. */
const pointsOf = ({ inputs, copies, seed }: Setting): Tensor =>
  key(seed)
    .child('x')
    .normal([samples * (1 + copies), inputs], 'float64')

interface Norms {
  readonly contractive: Tensor
  readonly higherOrder: Tensor
}

/** From maps A [N + N K, h, d]. */
function normsOfMaps(maps: Tensor, norm: NormKind): Norms {
  const own = rows(maps, 0, samples)
  const [total, ...shape] = maps.shape
  const copies = reshape(rows(maps, samples, total), [samples, total / samples - 1, ...shape])
  return { contractive: contractivePenalty(own, norm), higherOrder: higherOrderPenalty(own, copies, norm) }
}

/** Both ways to both norms, as functions of the parameters in the regions of some points. */
function ways(net: Network, x: Tensor, norm: NormKind) {
  const code = net.regionCode(x)
  const of = (norms: () => Norms) => (values: readonly Tensor[]) => withValues(net.parameters, values, norms)
  return {
    maps: of(() => normsOfMaps(net.jacobian(code), norm)),
    factors: of(() => {
      const norms = normsOfFactors(net.jacobianFactors(code), samples, norm)
      return { contractive: norms.contractive(), higherOrder: norms.higherOrder() }
    }),
  }
}

const valuesOf = (net: Network): Tensor[] => net.parameters.map(({ value }) => value)

const weighted =
  (norms: (values: readonly Tensor[]) => Norms) =>
  (values: readonly Tensor[]): Tensor => {
    const { contractive, higherOrder } = norms(values)
    return add(contractive, mul(higherOrder, 0.7))
  }

/** The largest difference, relative to the largest number, at least 1. */
function distance(found: Tensor, expected: Tensor): number {
  const [a, b] = [found.dataSync(), expected.dataSync()]
  expect(a.length).toBe(b.length)
  const scale = Math.max(1, ...Array.from(b, (value) => Math.abs(Number(value))))
  return Math.max(0, ...Array.from(a, (value, i) => Math.abs(Number(value) - Number(b[i])) / scale))
}

describe.each(normKinds)('norms through the Gram matrix of the first layer (%s)', (norm) => {
  it('are those of the maps to 1e-12, whatever the depth, activations, bias, skip and number of copies', () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const net = networkOf(setting)
        const { maps, factors } = ways(net, pointsOf(setting), norm)
        const [found, expected] = [factors(valuesOf(net)), maps(valuesOf(net))]
        expect(distance(found.contractive, expected.contractive)).toBeLessThan(1e-12)
        expect(distance(found.higherOrder, expected.higherOrder)).toBeLessThan(1e-12)
      }),
      { numRuns: 100 },
    )
  })

  it('have the gradients of the maps in every parameter, and the products with the Hessian', () => {
    fc.assert(
      fc.property(settings, (setting) => {
        const net = networkOf(setting)
        const { maps, factors } = ways(net, pointsOf(setting), norm)
        const values = valuesOf(net)
        const expected = grad(weighted(maps))(values)
        grad(weighted(factors))(values).forEach((gradient, i) => {
          expect(distance(gradient, expected[i])).toBeLessThan(1e-11)
        })
        const along = values.map((value, i) => key(i).normal(value.shape, 'float64'))
        const turned = hvp(weighted(maps), values, along)
        hvp(weighted(factors), values, along).forEach((product, i) => {
          expect(distance(product, turned[i])).toBeLessThan(1e-9)
        })
      }),
      { numRuns: 40 },
    )
  })

  it('have the gradients that central differences find', () => {
    for (const skip of [false, true]) {
      const activations = [leakyReluActivation(0.2), absActivation, reluActivation]
      const setting = {
        inputs: 6,
        hidden: [4, 3],
        outputs: 2,
        activations,
        bias: true,
        skip,
        copies: 3,
        seed: 5,
      }
      const net = networkOf(setting)
      const { factors } = ways(net, pointsOf(setting), norm)
      checkGradients(weighted(factors), valuesOf(net))
    }
  })

  it('are 0 with gradient 0 where copies lie in the regions of their samples, and where there is nothing but zeros', () => {
    const setting = { inputs: 8, hidden: [4], outputs: 2, activations: [reluActivation, identityActivation] }
    const net = networkOf({ ...setting, bias: true, skip: false, copies: 1, seed: 2 })
    const x = key('x').normal([samples, 8], 'float64')
    const inPlace = net.regionCode(x).gather(tensor([0, 1, 2, 0, 1, 2], { dtype: 'int32' }))
    const higherOrder = (values: readonly Tensor[]) =>
      withValues(net.parameters, values, () =>
        normsOfFactors(net.jacobianFactors(inPlace), samples, norm).higherOrder(),
      )
    const zero = valuesOf(net).map((value) => mul(value, 0))
    const { factors } = ways(net, x, norm)
    const ofZeros = (values: readonly Tensor[]) => factors(values).contractive
    for (const [f, values] of [
      [higherOrder, valuesOf(net)],
      [ofZeros, zero],
    ] as const) {
      expect(f(values).item()).toBe(0)
      for (const gradient of grad(f)(values)) {
        expect(Array.from(gradient.dataSync(), Math.abs)).toEqual(new Array(gradient.size).fill(0))
      }
    }
  })

  it('are never below 0 nor without a finite gradient where rounding is all that is left of them', () => {
    // All rows of W are multiples of one, and those of M are at right angles to them: M W = 0.
    for (let seed = 0; seed < 30; seed++) {
      const multiples = key(seed).child('m').normalArray(5)
      const one = key(seed).child('w').normal([1, 20])
      const W = mul(tensor(Float32Array.from(multiples), { shape: [5, 1] }), one)
      const at = key(seed)
        .child('rows')
        .normalArray(4 * 2 * 5)
      const M = Float32Array.from(at, (value, i) => {
        const row = Math.floor(i / 5) * 5
        let inner = 0
        let size = 0
        for (let j = 0; j < 5; j++) {
          inner += at[row + j] * multiples[j]
          size += multiples[j] ** 2
        }
        return value - (inner / size) * multiples[i % 5]
      })
      const penalty = ([rows, readin]: readonly Tensor[]) => {
        const norms = normsOfFactors({ rows, readin, skip: null }, 2, norm)
        return add(norms.contractive(), norms.higherOrder())
      }
      const values = [tensor(M, { shape: [4, 2, 5] }), W]
      const value = penalty(values).item()
      expect(value).toBeGreaterThanOrEqual(0)
      expect(value).toBeLessThan(norm === 'plain' ? 0.1 : 1e-3)
      for (const gradient of grad(penalty)(values)) {
        expect(gradient.dataSync().every((x) => Number.isFinite(x))).toBe(true)
      }
    }
  })

  it('keep the accuracy of float32: 1e-5 of their values in float64, of an encoder 256-64-64-10', () => {
    const layers = { sizes: [256, 64, 64, 10], activations: 'relu', key: key(3), dtype: 'float64' } as const
    const net = network(layers)
    const x = key('x').normal([2 * samples, 256], 'float64')
    const factors = net.jacobianFactors(net.regionCode(x))
    const inFloat32 = {
      rows: cast(factors.rows, 'float32'),
      readin: cast(factors.readin as Tensor, 'float32'),
      skip: null,
    }
    const [coarse, exact] = [inFloat32, factors].map((f) => normsOfFactors(f, samples, norm))
    expect(coarse.contractive().item() / exact.contractive().item()).toBeCloseTo(1, 5)
    expect(coarse.higherOrder().item() / exact.higherOrder().item()).toBeCloseTo(1, 5)
  })
})

describe('the way to the norms', () => {
  it('is the Gram matrix where it takes fewer multiply-adds, gradients included', () => {
    // 16 samples, h = 10, w = 64.
    expect(gramIsCheaper([16, 10, 64], [64, 784], false)).toBe(true)
    expect(gramIsCheaper([32, 10, 64], [64, 128], false)).toBe(true)
    expect(gramIsCheaper([16, 10, 64], [64, 784], true)).toBe(true)
    // One sample: 10 rows are fewer than the 64 columns of W.
    expect(gramIsCheaper([1, 10, 64], [64, 784], false)).toBe(false)
    // A first layer wider than its input.
    expect(gramIsCheaper([160, 10, 64], [64, 32], false)).toBe(false)
    // What a skip takes decides.
    expect(gramIsCheaper([2, 20, 40], [40, 1000], false)).toBe(true)
    expect(gramIsCheaper([2, 20, 40], [40, 1000], true)).toBe(false)
  })

  it.each([
    ['a network of one layer', [9, 3]],
    ['a first layer wider than its input', [4, 9, 3]],
    ['the Gram matrix', [40, 6, 3]],
  ])('does not show in the values: %s', (_, sizes) => {
    const net = network({ sizes, activations: 'relu', key: key(1), dtype: 'float64' })
    const x = key('x').normal([2 * samples, sizes[0]], 'float64')
    for (const norm of normKinds) {
      const norms = jacobianNorms(net.jacobianFactors(x), samples, norm)
      const expected = normsOfMaps(net.jacobian(x), norm)
      expect(distance(norms.contractive(), expected.contractive)).toBeLessThan(1e-12)
      expect(distance(norms.higherOrder(), expected.higherOrder)).toBeLessThan(1e-12)
    }
  })
})

const wide = { input: 40, encoderHidden: [6] }

describe.each(normKinds)('objectives that go through the Gram matrix (%s)', (norm) => {
  it('report what the maps give, with a skip and without', () => {
    const x = key('data').normal([8, 40], 'float64')
    for (const options of [{ bottleneckActivation: 'relu' }, { skip: 'pca', data: x }] as const) {
      const model = smallModel({ ...wide, bottleneckActivation: undefined, ...options })
      const { values } = termOfRun(startedOn(contractive({ norm }), model, x), x)
      const expected = contractivePenalty(model.encoder.jacobian(x), norm)
      expect(distance(values.contractive, expected)).toBeLessThan(1e-12)
    }
  })

  it('train to the same bits replayed and not', () => {
    const weights = (replay: boolean) => {
      const model = autoencoder({ ...wide, bottleneck: 3, decoderHidden: [6], seed: 4 })
      const objective = [
        reconstruction(),
        contractive({ norm, weight: 0.1 }),
        higherOrderContractive({ norm, sigma: 1, samples: 2 }),
      ]
      const options = { epochs: 2, batchSize: 8, objective, replay }
      const trainer = new Trainer(model, key('data').normal([40, 40]), options)
      while (!trainer.complete) {
        trainer.step()
        if (trainer.epochDone) trainer.finishEpoch()
      }
      const { execution } = trainer.finish()
      trainer.release()
      return { replayed: execution.replayed, weights: model.parameters.map(({ value }) => value.toArray()) }
    }
    const [replayed, eager] = [weights(true), weights(false)]
    expect(replayed.replayed).toBeGreaterThan(0)
    expect(eager.replayed).toBe(0)
    expect(replayed.weights).toEqual(eager.weights)
  })
})
