import { init, key, tensor } from '@facet/tensor'
import { beforeAll, expect, it } from 'vitest'
import { nearestNeighbourAccuracy } from './nearest-neighbour-accuracy.ts'

beforeAll(() => init())

it('is the share of test samples with the class of the nearest code', () => {
  const train = key('train').normal([40, 3], 'float64')
  const test = key('test').normal([70, 3], 'float64')
  const trainLabels = Int32Array.from({ length: 40 }, (_, n) => n % 4)
  const rows = train.toArray() as number[][]
  const nearest = (test.toArray() as number[][]).map((point) => {
    const distances = rows.map((row) => Math.hypot(...row.map((x, i) => x - point[i])))
    return trainLabels[distances.indexOf(Math.min(...distances))]
  })
  expect(nearestNeighbourAccuracy(train, trainLabels, test, nearest)).toBe(1)
  const wrongAt = new Set([3, 20, 69])
  const other = nearest.map((label, n) => (wrongAt.has(n) ? label + 1 : label))
  expect(nearestNeighbourAccuracy(train, trainLabels, test, other)).toBeCloseTo(67 / 70, 14)
})

it('takes the first of training samples that are equally near', () => {
  const train = tensor([[2], [0], [0]])
  expect(nearestNeighbourAccuracy(train, [7, 8, 9], tensor([[1], [0]]), [7, 8])).toBe(1)
})

it('tells apart codes that are near beside their size', () => {
  // The squares are 1e20, where float64 steps by 16384: ‖a‖² + ‖b‖² − 2 a·b would not see a distance of 2.
  const train = tensor([[1e10], [1e10 + 2]], { dtype: 'float64' })
  expect(nearestNeighbourAccuracy(train, [1, 2], tensor([[1e10 + 1.5]], { dtype: 'float64' }), [2])).toBe(1)
})

it('says what it expects', () => {
  const codes = tensor([[1, 2]])
  expect(() => nearestNeighbourAccuracy(codes, [1], tensor([[1]]), [1])).toThrow(
    'nearestNeighbourAccuracy: testCodes: expected floats [n, 2] with n ≥ 1, got float32 [1, 1]',
  )
  expect(() => nearestNeighbourAccuracy(codes, [1, 2], codes, [1])).toThrow(
    'trainLabels: expected 1 integers, one for each row, got 2',
  )
  expect(() => nearestNeighbourAccuracy([[1]] as never, [1], codes, [1])).toThrow(
    'nearestNeighbourAccuracy: trainCodes: expected floats [n, h] with n ≥ 1, got an array of 1',
  )
})
