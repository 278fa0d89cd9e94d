import { autoencoder, Dense, MaxPool, Network, network, type RegionCode } from '@facet/models'
import { gather, init, key, reluActivation, rows, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { RegionRarity } from './region-rarity.ts'

beforeAll(() => init())

/** Two units: x > 0 and y > 0. */
const quadrants = () => {
  const weight = tensor([
    [1, 0],
    [0, 1],
  ])
  return new Network([new Dense({ name: 'signs', weight, bias: null, activation: reluActivation })])
}

describe('region rarity', () => {
  it('counts bits a unit with Laplace-smoothed frequencies', () => {
    const net = quadrants()
    const seen = tensor([
      [1, 1],
      [2, 1],
      [3, -1],
    ]) // x > 0: 3 of 3; y > 0: 2 of 3
    const rarity = new RegionRarity([net.regionCode(seen)])
    expect([...rarity.counts]).toEqual([3, 2])
    const asked = tensor([
      [5, 5],
      [-1, -1],
    ])
    const { bits } = rarity.of([net.regionCode(asked)])
    expect(bits[0]).toBeCloseTo((-Math.log2(4 / 5) - Math.log2(3 / 5)) / 2, 15)
    expect(bits[1]).toBeCloseTo((-Math.log2(1 / 5) - Math.log2(2 / 5)) / 2, 15)
  })

  it('names the nearest training sample, the first on ties, and whether the region is occupied', () => {
    const net = quadrants()
    const seen = tensor([
      [1, -1],
      [-1, 1],
      [-2, 2],
    ])
    const rarity = new RegionRarity([net.regionCode(seen)])
    expect(rarity.regions).toBe(2)
    const asked = tensor([
      [-5, 9],
      [1, 1],
      [-1, -1],
    ])
    const { nearest, nearestSample, occupied } = rarity.of([net.regionCode(asked)])
    expect([...nearest]).toEqual([0, 1, 1])
    expect([...nearestSample]).toEqual([1, 0, 0])
    expect([...occupied]).toEqual([1, 0, 0])
  })

  it('finds what comparing every pair with countDifferingStates finds, over both partitions', () => {
    const model = autoencoder({
      input: 6,
      bottleneck: 3,
      bottleneckActivation: 'relu',
      encoderHidden: [40],
      decoderHidden: [33, 5],
      seed: 1,
    })
    const partsOf = ({ encoder, decoder }: { encoder: RegionCode; decoder: RegionCode }) => [encoder, decoder]
    const seen = partsOf(model.regionCode(key('seen').normal([50, 6])))
    const asked = partsOf(model.regionCode(key('asked').normal([30, 6])))
    const rarity = new RegionRarity(seen)
    expect(rarity.units).toBe(40 + 3 + 33 + 5)
    const { nearest, nearestSample, occupied } = rarity.of(asked)
    for (let n = 0; n < 30; n++) {
      const one = tensor(new Int32Array(50).fill(n))
      const [e, d] = asked.map((code, i) => code.gather(one).differing(seen[i]).dataSync())
      const differing = Array.from(e, (value, m) => value + d[m])
      expect(nearest[n]).toBe(Math.min(...differing))
      expect(nearestSample[n]).toBe(differing.indexOf(nearest[n]))
      expect(occupied[n]).toBe(nearest[n] === 0 ? 1 : 0)
    }
  })

  it('is 0 bits and 0 units away where there are no units', () => {
    const net = network({ sizes: [2, 2], activations: 'identity', key: key(0) })
    const code = net.regionCode(key(1).normal([4, 2]))
    const { bits, nearest, occupied } = new RegionRarity([code]).of([code])
    expect([...bits, ...nearest]).toEqual(Array(8).fill(0))
    expect([...occupied]).toEqual([1, 1, 1, 1])
  })

  it('counts every state of units that have more than two', () => {
    const pool = new MaxPool({ name: 'pool', inputs: [1, 1, 3], size: [1, 3] })
    const net = new Network([pool])
    const winners = (states: number[]) =>
      net.regionCode(tensor(states.map((state) => [0, 1, 2].map((k) => Number(k === state)))))
    const rarity = new RegionRarity([winners([0, 2, 2, 2])])
    expect([...rarity.counts]).toEqual([0, 3])
    expect(rarity.units).toBe(1)
    const { bits, nearest, occupied } = rarity.of([winners([0, 1, 2])])
    expect([...bits]).toEqual([2, 1, 4].map((count) => -Math.log2(count / (4 + 3))))
    expect([...nearest]).toEqual([0, 1, 0])
    expect([...occupied]).toEqual([1, 0, 1])
  })

  it('is the same for samples one by one', () => {
    const net = network({ sizes: [3, 70], activations: 'relu', key: key(0) })
    const rarity = new RegionRarity([net.regionCode(key(1).normal([20, 3]))])
    const x = key(2).normal([5, 3])
    const together = rarity.of([net.regionCode(x)])
    for (let n = 0; n < 5; n++) {
      const alone = rarity.of([net.regionCode(rows(x, n, n + 1))])
      expect(alone.bits[0]).toBe(together.bits[n])
      expect(alone.nearestSample[0]).toBe(together.nearestSample[n])
    }
  })

  it('says what it expects', () => {
    const net = quadrants()
    const code = net.regionCode(tensor([[1, 1]]))
    const none = net.regionCode(gather(tensor([[1, 1]]), tensor(new Int32Array(0))))
    expect(() => new RegionRarity([])).toThrow('expected the codes of at least one partition, got none')
    expect(() => new RegionRarity([none])).toThrow('RegionRarity: expected at least one training sample')
    expect(() => new RegionRarity([code, none])).toThrow('expected codes of the same samples, got 1 and 0')
    expect(() => new RegionRarity([code]).of([quadrants().regionCode(tensor([[1, 1]]))])).toThrow(
      "RegionRarity.of: expected codes of the training's 'network', got 'network'",
    )
  })
})
