import { network as madeNetwork, Network } from '@facet/models'
import { init, key } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { codeHashes } from './code-hashes.ts'
import type { PlanePartition } from './partition.ts'
import { planePartition } from './plane-partition.ts'
import type { PlaneStructure } from './structure.ts'

beforeAll(() => init())

const WORDS = 6

/** Faces of codes alone. */
function withCodes(codes: readonly (readonly number[])[]): Pick<PlanePartition, 'structure'> {
  const groups = [0, 2, 4].map((from) => ({ units: 64, states: 2, from, planes: 1 }))
  const code = Int32Array.from(codes.flat())
  return { structure: { faces: codes.length, code, words: WORDS, groups } as unknown as PlaneStructure }
}

const names = (hashes: Uint32Array): string[] =>
  Array.from({ length: hashes.length / 2 }, (_, i) => `${hashes[2 * i]} ${hashes[2 * i + 1]}`)

const hashOf = (partition: PlanePartition, s: number, t: number, groups?: readonly [number, number]) =>
  names(codeHashes(partition, { groups }))[partition.at(s, t)!.index]

describe('hashes of 240,000 codes that are as alike as codes are', () => {
  const flipped = (...bits: number[]) => {
    const words = new Array<number>(WORDS).fill(0)
    for (const bit of bits) words[bit >> 5] ^= 1 << (bit & 31)
    return words
  }
  const codes: number[][] = [flipped()]
  for (let a = 0; a < 32 * WORDS; a++) {
    codes.push(flipped(a))
    for (let b = 0; b < a; b++) codes.push(flipped(a, b))
  }
  // Counters in the first word, in the last, and in both.
  for (let i = 8; codes.length < 240_000; i++)
    for (const word of [0, WORDS - 1]) {
      const words = new Array<number>(WORDS).fill(-1)
      words[word] = i
      codes.push(words)
    }
  const hashes = codeHashes(withCodes(codes))

  it('are all different', () => {
    expect(new Set(names(hashes)).size).toBe(codes.length)
  })

  it('meet in one half as often as numbers drawn at random: 6.7 times', () => {
    for (const half of [0, 1]) {
      const values = new Set(codes.map((_, i) => hashes[2 * i + half]))
      expect(codes.length - values.size).toBeLessThan(25)
    }
  })

  it('change in half of their bits with each bit of the code', () => {
    const bitsOf = (x: number) => x.toString(2).replaceAll('0', '').length
    const alone = codes.findIndex((words) => words.every((word) => word === 0))
    for (const half of [0, 1]) {
      let flips = 0
      for (let i = 1; i <= 1000; i++) flips += bitsOf((hashes[2 * i + half] ^ hashes[2 * alone + half]) >>> 0)
      // 32,000 coins: half of them within 8 standard deviations.
      expect(Math.abs(flips - 16_000)).toBeLessThan(8 * Math.sqrt(8_000))
    }
  })
})

describe('hashes of partitions', () => {
  const sizes = [2, 40, 3, 24, 2]
  const activations = ['relu', 'identity', 'relu', 'identity'] as const
  const net = () => madeNetwork({ sizes, activations, key: key(4) })

  it('are the same where two windows have the same region, and as many as there are codes', () => {
    const whole = planePartition(net(), { window: [-1, 1] })
    const right = planePartition(net(), { window: { s: [0.125, 1], t: [-1, 0.5] } })
    expect(right.regions).toBeGreaterThan(20)
    expect(whole.regions).toBeGreaterThan(right.regions)
    for (const { centroid } of right) expect(hashOf(right, ...centroid)).toBe(hashOf(whole, ...centroid))
    expect(new Set(names(codeHashes(whole))).size).toBe(whole.regions)
  })

  it('of the groups of an encoder are those of its own partition, and the others are read from the groups behind', () => {
    const { layers } = net()
    const whole = planePartition(net(), { window: [-1, 1] })
    const encoder = planePartition(new Network(layers.slice(0, 2), 'encoder', 'float32'), { window: [-1, 1] })
    const ofDecoder = new Set<string>()
    for (const { centroid } of whole) {
      expect(hashOf(whole, ...centroid, [0, 1])).toBe(hashOf(encoder, ...centroid))
      ofDecoder.add(hashOf(whole, ...centroid, [1, 2]))
    }
    const states = new Set([...whole].map(({ code }) => code.slice(40).join('')))
    expect(ofDecoder.size).toBe(states.size)
    expect(states.size).toBeLessThan(whole.regions)
  })

  it('ask for groups that there are', () => {
    const partition = planePartition(net(), { window: [-1, 1] })
    expect(() => codeHashes(partition, { groups: [1, 3] })).toThrow(
      'codeHashes: groups: expected [from, to] with 0 ≤ from < to ≤ 2, got [1, 3]',
    )
    expect(() => codeHashes(partition, { groups: [1, 1] })).toThrow(RangeError)
  })
})
