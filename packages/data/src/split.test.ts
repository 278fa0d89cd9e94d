import { arange, init, key, reshape, zeros } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { split } from './split.ts'

beforeAll(() => init())

const data = () => reshape(arange(0, 20), [10, 2])

describe('split', () => {
  it('puts every sample in exactly one part, in order', () => {
    const { trainIndices, validationIndices } = split(data(), { validation: 0.3, key: key(0) })
    expect(validationIndices).toHaveLength(3)
    expect([...trainIndices, ...validationIndices].sort((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
    ])
    expect([...trainIndices]).toEqual([...trainIndices].sort((a, b) => a - b))
    expect([...validationIndices]).toEqual([...validationIndices].sort((a, b) => a - b))
  })

  it('hands over the samples its indices name', () => {
    const { train, validation, trainIndices, validationIndices } = split(data(), {
      validation: 0.2,
      key: key(1),
    })
    const named = (indices: Int32Array) => Array.from(indices, (i) => [2 * i, 2 * i + 1])
    expect(train.toArray()).toEqual(named(trainIndices))
    expect(validation.toArray()).toEqual(named(validationIndices))
  })

  it('holds out the same samples for the same key and others for another', () => {
    const held = (seed: number) => [
      ...split(zeros([300, 1]), { validation: 0.2, key: key(seed) }).validationIndices,
    ]
    expect(held(0)).toHaveLength(60)
    expect(held(0)).toEqual(held(0))
    expect(held(0)).not.toEqual(held(1))
  })

  it('leaves at least one sample on each side', () => {
    const sizes = (validation: number) => {
      const parts = split(zeros([3, 1]), { validation, key: key(0) })
      return [parts.train.shape[0], parts.validation.shape[0]]
    }
    expect(sizes(0.01)).toEqual([2, 1])
    expect(sizes(0.99)).toEqual([1, 2])
  })

  it('refuses shares outside (0, 1) and sets too small to split', () => {
    expect(() => split(data(), { validation: 0, key: key(0) })).toThrow(
      'expected a share between 0 and 1, got 0',
    )
    expect(() => split(data(), { validation: 1, key: key(0) })).toThrow('got 1')
    expect(() => split(data(), { validation: Number.NaN, key: key(0) })).toThrow('got NaN')
    expect(() => split(data(), { validation: 0.2, key: 7 as never })).toThrow(
      'split: key: expected key(seed), got 7',
    )
    expect(() => split(zeros([1, 5]), { validation: 0.5, key: key(0) })).toThrow(
      'split: expected at least 2 samples, got data [1, 5]',
    )
  })
})
