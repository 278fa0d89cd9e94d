import { describe, expect, it } from 'vitest'
import { samplesParser } from './samples-parser.ts'

describe('samplesParser', () => {
  it('refuses formats and options that it does not know, or that are not for this format', () => {
    const make = (format: string, options: object) => () => samplesParser(format as 'csv', 'file', options)
    expect(make('xls', {})).toThrow(
      "samplesParser: format: expected one of ucr, ts, arff, csv, npy, npz, idx, cifar10, got 'xls'",
    )
    expect(make('csv', { label: 0 })).toThrow("samplesParser: unknown option 'label'; did you mean 'labels'?")
    expect(make('idx', { labels: 0 })).toThrow(/labels: expected a column of a table.* got 0 for idx/)
    expect(make('csv', { array: 'x' })).toThrow(
      "array: expected the name of an array of an npz file, got 'x' for csv",
    )
    expect(make('csv', { dtype: 'int32' })).toThrow("dtype: expected one of float32, float64, got 'int32'")
    expect(make('csv', { sample: { count: -1, seed: 0 } })).toThrow(
      'sample.count: expected an integer of at least 1',
    )
  })
})
