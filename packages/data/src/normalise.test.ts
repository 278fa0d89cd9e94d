import { init, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Dataset } from './dataset.ts'
import { type Normalisation, normalise } from './normalise.ts'

beforeAll(() => init())

const dataset = (train: number[][], test: number[][]): Dataset => ({
  name: 'toy',
  train: tensor(train),
  test: tensor(test),
  trainLabels: new Int32Array(train.length),
  testLabels: new Int32Array(test.length),
})

describe('normalise', () => {
  it('none changes no number', () => {
    const { train, test } = normalise(dataset([[1, 2]], [[5, 9]]), 'none')
    expect([train.toArray(), test.toArray()]).toEqual([[[1, 2]], [[5, 9]]])
  })

  it('series makes every sample of both parts mean 0, deviation 1', () => {
    const { train, test } = normalise(dataset([[1, 2, 3]], [[10, 30, 20]]), 'series')
    expect([train.toArray(), test.toArray()]).toEqual([[[-1, 0, 1]], [[-1, 1, 0]]])
  })

  it('range maps the training extremes to 0 and 1 and applies the same map to the test part', () => {
    const { train, test } = normalise(
      dataset(
        [
          [0, 50],
          [200, 100],
        ],
        [[-100, 400]],
      ),
      'range',
    )
    expect([train.toArray(), test.toArray()]).toEqual([
      [
        [0, 0.25],
        [1, 0.5],
      ],
      [[-0.5, 2]],
    ])
  })

  it('says which part holds a constant series', () => {
    expect(() =>
      normalise(
        dataset(
          [[1, 2]],
          [
            [1, 2],
            [4, 4],
          ],
        ),
        'series',
      ),
    ).toThrow('normalise: series 1 of test')
  })

  it('refuses a range of equal values', () => {
    expect(() => normalise(dataset([[4, 4]], [[1, 2]]), 'range')).toThrow('got all equal to 4')
  })

  it('refuses an unknown mode with the known ones', () => {
    const mode = 'toString' as Normalisation
    expect(() => normalise(dataset([[1, 2]], [[1, 2]]), mode)).toThrow(
      'normalise: expected one of none, series, range, got toString',
    )
  })
})
