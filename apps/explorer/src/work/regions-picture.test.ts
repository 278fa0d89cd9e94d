import { codeHashes, crossings, planePartition } from '@facet/geometry'
import { autoencoder, Network } from '@facet/models'
import { init } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { regionsPicture } from './regions-picture.ts'
import { stripPicture } from './strip-picture.ts'

beforeAll(() => init())

const frame = { s: [-1.5, 1.5], t: [-1.5, 1.5] } as const
const nothing = { groups: null, errors: null, isShaded: false, read: null, samples: new Float32Array() }

function wholeOf(seed: number) {
  const { encoder, decoder } = autoencoder({ input: 2, bottleneck: 2, encoderHidden: [10, 10], seed })
  return { encoder, decoder, whole: new Network([...encoder.layers, ...decoder.layers]) }
}

const areaOf = (corners: Float32Array, from: number, to: number) => {
  let twice = 0
  for (let i = from; i < to; i++) {
    const j = i + 1 === to ? from : i + 1
    twice += corners[2 * i] * corners[2 * j + 1] - corners[2 * j] * corners[2 * i + 1]
  }
  return twice / 2
}

describe('regionsPicture', () => {
  it('has every region as a polygon, anticlockwise, and their areas add up to the window', () => {
    const partition = planePartition(wholeOf(0).whole, { window: frame })
    const { picture } = regionsPicture(partition, { frame, ...nothing }, 0, null)
    expect(picture.regions).toBe(partition.regions)
    let sum = 0
    for (const { index, area } of partition) {
      const drawn = areaOf(picture.corners, picture.starts[index], picture.starts[index + 1])
      expect(drawn).toBeCloseTo(area, 5)
      sum += drawn
    }
    expect(sum).toBeCloseTo(9, 4)
  })

  it('has each wall between two regions once', () => {
    const partition = planePartition(wholeOf(1).whole, { window: frame })
    const { picture } = regionsPicture(partition, { frame, ...nothing }, 0, null)
    let length = 0
    for (const region of partition) for (const { length: of } of region.neighbours) length += of / 2
    let drawn = 0
    for (let i = 0; i < picture.walls.length; i += 4) {
      const [a, b, c, d] = picture.walls.subarray(i, i + 4)
      drawn += Math.hypot(c - a, d - b)
    }
    expect(drawn).toBeCloseTo(length, 3)
  })

  it("joins regions of the whole map that the decoder's units do not tell apart", () => {
    const { encoder, whole } = wholeOf(2)
    const groups = [encoder.groups.length, whole.groups.length] as const
    const partition = planePartition(whole, { window: frame })
    const all = regionsPicture(partition, { frame, ...nothing }, 0, null).picture
    const { picture } = regionsPicture(partition, { frame, ...nothing, groups }, 0, null)
    expect(picture.regions).toBeLessThan(all.regions)
    expect(picture.walls.length).toBeLessThan(all.walls.length)
    const hashes = codeHashes(partition, { groups })
    expect(picture.regions).toBeGreaterThanOrEqual(new Set(hashes.filter((_, i) => i % 2 === 0)).size)
    expect(picture.starts.length).toBe(partition.regions + 1)
  })

  it('counts codes that came and went since the picture before', () => {
    const [first, second] = [3, 4].map((seed) => planePartition(wholeOf(seed).encoder, { window: frame }))
    const before = regionsPicture(first, { frame, ...nothing }, 10, null)
    expect(before.picture).toMatchObject({ born: 0, died: 0, stepsSince: 0 })
    const same = regionsPicture(first, { frame, ...nothing }, 12, { codes: before.codes, step: 10 })
    expect(same.picture).toMatchObject({ born: 0, died: 0, stepsSince: 2 })
    const after = regionsPicture(second, { frame, ...nothing }, 15, { codes: before.codes, step: 10 })
    const codesOf = (partition: typeof first) => new Set([...partition].map(({ code }) => code.join()))
    const [old, young] = [codesOf(first), codesOf(second)]
    expect(after.picture.born).toBe([...young].filter((code) => !old.has(code)).length)
    expect(after.picture.died).toBe([...old].filter((code) => !young.has(code)).length)
    expect(after.picture.born).toBeGreaterThan(0)
  })
})

describe('stripPicture', () => {
  it('has the intervals of a bottleneck of one, from end to end', () => {
    const { decoder } = autoencoder({ input: 2, bottleneck: 1, encoderHidden: [10, 10], seed: 5 })
    const { picture } = stripPicture(decoder, frame, new Float32Array())
    const { regions, t } = crossings(decoder, [[-1.5], [1.5]])
    expect(picture.regions).toBe(regions)
    expect(regions).toBeGreaterThan(3)
    const lefts = Array.from({ length: regions }, (_, i) => picture.corners[8 * i])
    expect(lefts[0]).toBe(-1.5)
    lefts.slice(1).forEach((left, i) => expect(left).toBeCloseTo(-1.5 + 3 * t[i], 5))
    expect(picture.corners[8 * (regions - 1) + 2]).toBe(1.5)
    expect(new Set(Array.from({ length: regions }, (_, i) => picture.hashes[2 * i])).size).toBe(regions)
  })
})
