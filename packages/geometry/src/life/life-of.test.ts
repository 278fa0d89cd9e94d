import { network } from '@facet/models'
import { init, key, tensor } from '@facet/tensor'
import { beforeAll, expect, test } from 'vitest'
import { planePartition } from '../plane/plane-partition.ts'
import { lifeOf, lifeStep } from './life-of.ts'
import { regionLife } from './region-life.ts'
import { regionsNear } from './regions-near.ts'
import { wallDistances } from './wall-distances.ts'

beforeAll(() => init())

const nets = [1, 2].map(
  (seed) => () => network({ sizes: [3, 6, 6, 1], activations: ['relu', 'relu', 'identity'], key: key(seed) }),
)
/** No right angle, no unit length. */
const plane = { origin: [0.5, 0, 0.25], u: [2, 0, 0], v: [1, 1, 0] }
const partitions = () => nets.map((net) => planePartition(net(), { plane, window: [-1, 1] }))

test('a series says of each step what became of the regions since the one before, and what is around the samples', () => {
  const samples = key(4).normal([40, 3])
  const [first, second] = partitions()
  const third = planePartition(nets[1](), {
    plane: { ...plane, origin: [0.75, 0.125, 0.25] },
    window: [-1, 1],
  })
  const life = lifeOf([[0, first] as const, [10, second] as const, [30, third] as const], {
    samples,
    radius: 0.2,
  })
  expect(life.map(({ step, regions }) => [step, regions])).toEqual([
    [0, first.regions],
    [10, second.regions],
    [30, third.regions],
  ])
  expect(life[0]).toMatchObject({ kept: null, born: null, died: null, meanMove: null })
  const { kept, born, died, moves } = regionLife(second, third)
  expect(life[2]).toMatchObject({ kept: kept.after.length, born: born.length, died: died.length })
  expect(kept.after.length).toBeGreaterThan(1)
  expect(life[2].meanMove).toBeCloseTo(
    moves.distance.reduce((sum, move) => sum + move, 0) / moves.distance.length,
    12,
  )
  const distances = wallDistances(nets[1](), samples).distance.toSorted()
  // The third of 40, and the 21st.
  expect(life[2].wallDistance).toEqual({ low: distances[2], median: distances[20] })
  // x = 0.75 + 2 s + t, y = 0.125 + t
  const points = (samples.toArray() as number[][]).map(([x, y]) => [(x - 0.625 - y) / 2, y - 0.125] as const)
  expect(life[2].regionsNear).toBe(regionsNear(third, points, 0.2).length)
  expect(life[2].regionsNear).toBeLessThan(third.regions)
})

test('what was not asked for is null, and so is a mean move where no region was kept', () => {
  const [first] = partitions()
  expect(lifeStep(5, first, null)).toEqual({
    step: 5,
    regions: first.regions,
    kept: null,
    born: null,
    died: null,
    meanMove: null,
    wallDistance: null,
    regionsNear: null,
  })
  const far = planePartition(nets[0](), {
    plane: { ...plane, origin: [1e4, 2e4, -3e4] },
    window: [-1, 1],
  })
  expect(lifeStep(6, far, first)).toMatchObject({ kept: 0, died: first.regions, meanMove: null })
})

test('samples of another space are refused', () => {
  const [first] = partitions()
  expect(() => lifeStep(0, first, null, { samples: tensor([[1, 2]]) })).toThrow(
    'lifeOf: expected samples [N, 3], got float32 [1, 2]',
  )
})
