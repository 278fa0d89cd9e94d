import { autoencoder } from '@facet/models'
import { init, key, tensor } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import { cardFacts } from './card-facts.ts'
import { stripPicture } from './strip-picture.ts'

beforeAll(() => init())

test('every interval of a line has the card of its region: map, states, samples and what changes at its ends', () => {
  const { decoder } = autoencoder({ input: 3, encoderHidden: [16, 12], bottleneck: 1, seed: 2 })
  const codes = key('codes').normal([40, 1])
  const frame = { s: [-3, 3], t: [-3, 3] } as const
  const { picture, partition } = stripPicture(decoder, frame, new Float32Array(80))
  const source = {
    plane: 'latent',
    network: decoder,
    model: null,
    samples: codes,
    unionOf: null,
    partition,
    hashes: picture.hashes,
  } as const
  const at = (s: number) => cardFacts(source, { plane: 'latent', s, t: 0.5 })
  expect(picture.regions).toBeGreaterThan(5)
  expect([at(-3.01), at(3.01)]).toEqual([null, null])
  let held = 0
  let length = 0
  for (let i = 0; i < picture.regions; i++) {
    const { centroid } = partition.region(i)
    const card = at(centroid[0])!
    const inside = 0.3 * picture.corners[8 * i] + 0.7 * picture.corners[8 * i + 2]
    const output = decoder.apply(tensor(Float32Array.of(inside), { shape: [1, 1] }))
    expect([card.b.length, card.A.length]).toEqual([3, 3])
    Array.from(output.dataSync(), (value, k) =>
      expect(Math.abs(card.A[k] * inside + card.b[k] - value)).toBeLessThan(1e-5),
    )
    expect(card.neighbours.length).toBe(i === 0 || i === picture.regions - 1 ? 1 : 2)
    for (const { at: there, units } of card.neighbours) {
      const other = at(there.s)!
      const changed = card.code.flatMap(({ layer, states }, row) =>
        [...states.keys()].flatMap((unit) =>
          states[unit] === other.code[row].states[unit]
            ? []
            : [{ layer, unit, state: other.code[row].states[unit] }],
        ),
      )
      expect(units).toEqual(changed)
    }
    held += card.samples.length
    length += card.area
  }
  const inFrame = Array.from(codes.dataSync()).filter((z) => Math.abs(z) < 3).length
  expect(held).toBe(inFrame)
  expect(length).toBeCloseTo(6, 10)
})
