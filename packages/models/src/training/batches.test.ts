import { key } from '@facet/tensor'
import { describe, expect, it } from 'vitest'
import { Batches } from './batches.ts'

const epochOf = (batches: Batches, epoch: number) =>
  Array.from({ length: batches.perEpoch }, (_, batch) => [...batches.indices(epoch, batch)])

describe('Batches', () => {
  it('shows every sample once an epoch, the last batch smaller', () => {
    const batches = new Batches(10, 4, false, key(0))
    const epoch = epochOf(batches, 0)
    expect(epoch.map((batch) => batch.length)).toEqual([4, 4, 2])
    expect(epoch.flat().sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  it('leaves a smaller last batch out when asked to', () => {
    const batches = new Batches(10, 4, true, key(0))
    expect(epochOf(batches, 0).map((batch) => batch.length)).toEqual([4, 4])
  })

  it('draws another order each epoch and with each seed', () => {
    const batches = new Batches(32, 32, false, key(0))
    const [first] = epochOf(batches, 0)
    expect(epochOf(batches, 1)[0]).not.toEqual(first)
    expect(epochOf(new Batches(32, 32, false, key(1)), 0)[0]).not.toEqual(first)
  })

  it('gives the same batch whatever was asked for before', () => {
    const batches = new Batches(10, 3, false, key('seed'))
    batches.indices(0, 0)
    batches.indices(7, 2)
    expect(batches.indices(3, 1)).toEqual(new Batches(10, 3, false, key('seed')).indices(3, 1))
  })
})
