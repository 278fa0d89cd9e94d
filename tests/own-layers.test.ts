import { crossings, dichotomicNeighbour, exactNeighbour, planePartition, regionAt } from '@facet/geometry'
import { Autoencoder, Dense, fit, type Layer, Network, reconstruction } from '@facet/models'
import { biorthogonality, contractive, lieGroupSecondOrder } from '@facet/regularizers'
import { identityActivation, init, key, leakyReluActivation, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { PRelu, Scale } from '../packages/models/src/testing/own-kinds.ts'

beforeAll(() => init())

const slope = 0.25
const dtype = 'float64'

/** A matrix, then a PReLU: of kinds of one's own, or a dense layer with the same numbers. */
function bent(name: string, weight: Tensor, isOwn: boolean): Layer[] {
  const bias = key(name).normal([weight.shape[0]], dtype)
  if (!isOwn) return [new Dense({ name, weight, bias, activation: leakyReluActivation(slope) })]
  const linear = new Dense({ name, weight, bias, activation: identityActivation })
  return [linear, new PRelu(`${name}.bend`, [weight.shape[0]], tensor([slope], { dtype }))]
}

/** 2-6-5-3, stretched at the end. */
function networkOf(isOwn: boolean): Network {
  const factors = [2, -1, 0.5]
  const weights = [key(1).normal([6, 2], dtype), key(2).normal([5, 6], dtype), key(3).normal([3, 5], dtype)]
  const diagonal = factors.map((factor, i) => factors.map((_, j) => (i === j ? factor : 0)))
  const stretch = isOwn
    ? new Scale('stretch', tensor(factors, { dtype }))
    : new Dense({
        name: 'stretch',
        weight: tensor(diagonal, { dtype }),
        bias: null,
        activation: identityActivation,
      })
  return new Network([...weights.flatMap((weight, i) => bent(`layer.${i}`, weight, isOwn)), stretch], 'net')
}

const both = () => [networkOf(true), networkOf(false)] as const

const points = (name: string) => key(name).normal([40, 2], dtype)

/** What geometry says of a network. */
const asked: Readonly<Record<string, (net: Network) => unknown>> = {
  exactNeighbour: (net) => {
    const { found, t, code } = exactNeighbour(net, points('from'), points('to'))
    return [found.toArray(), t.toArray(), code.states().toArray()]
  },
  dichotomicNeighbour: (net) =>
    dichotomicNeighbour(net, points('from'), points('to')).code.states().toArray(),
  crossings: (net) => {
    const { regions, t, changed } = crossings(net, [
      [-3, -2],
      [3, 1],
    ])
    return [regions, [...t], changed.map((units) => units.map(([, ...unit]) => unit))]
  },
  planePartition: (net) => {
    const partition = planePartition(net, { window: [-2, 2] })
    return [partition.regions, partition.region(0).corners]
  },
  regionAt: (net) => {
    const region = regionAt(net, [0.25, 0.5])
    return [[...region.states], region.walls().length, region.chebyshev().radius]
  },
}

/** Numbers to ten digits: a scale and a product with a diagonal matrix round differently. */
const rounded = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, x) => (typeof x === 'number' ? Number(x.toPrecision(10)) : x))

describe('a network with layers of its own has the geometry of the same network of known kinds', () => {
  it.each(Object.keys(asked))('%s', (name) => {
    const [own, known] = both()
    expect(rounded(asked[name](own))).toEqual(rounded(asked[name](known)))
  })

  it('and more than one region of it is seen', () => {
    expect(planePartition(networkOf(true), { window: [-2, 2] }).regions).toBeGreaterThan(20)
  })
})

describe('regularizers train a model with layers of its own as they do the same model of known kinds', () => {
  const modelOf = (isOwn: boolean): Autoencoder => {
    const [first, second] = [key(1).normal([2, 4], dtype), key(2).normal([4, 2], dtype)]
    return new Autoencoder(
      new Network(bent('encoder', first, isOwn), 'encoder'),
      new Network(bent('decoder', second, isOwn), 'decoder'),
    )
  }
  const objectives = {
    contractive: contractive({ weight: 0.1 }),
    biorthogonality: biorthogonality({ weight: 0.1 }),
    lieGroupSecondOrder: lieGroupSecondOrder({ weight: 0.1 }),
  }
  it.each(Object.entries(objectives))('%s', async (_, objective) => {
    const lossesOf = async (isOwn: boolean) => {
      const model = modelOf(isOwn)
      const slopes = model.parameters.filter(({ name }) => name.endsWith('.slope'))
      for (const each of slopes) Object.assign(each, { learningRate: 0 })
      const data = key('data').normal([16, 4], dtype)
      const { epochs } = await fit(model, data, {
        epochs: 4,
        batchSize: 8,
        objective: [reconstruction(), objective],
      })
      return epochs.map(({ train }) => train)
    }
    expect(rounded(await lossesOf(true))).toEqual(rounded(await lossesOf(false)))
  })
})
