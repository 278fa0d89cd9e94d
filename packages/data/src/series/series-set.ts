import { type Key, key } from '@facet/tensor'
import { expectCount, expectOneOf, expectOptions } from '@facet/tensor/checks'
import { type Dataset, type FloatDType, floatDTypes } from '../dataset.ts'
import { rowsFrom, rowsToTensor } from '../rows.ts'
import { zNormaliseRows } from '../z-normalise.ts'

/** What every generator of labelled series takes. */
export interface SeriesOptions {
  /** Default 0. */
  readonly seed?: number | string
  /** Number of training series; the default is the UCR archive's. */
  readonly train?: number
  /** Number of test series; the default is the UCR archive's. */
  readonly test?: number
  /** Values per series; the default is the UCR archive's. */
  readonly length?: number
  /** Default float32. */
  readonly dtype?: FloatDType
}

/** One series of a class: `length` values, every random number from `key`. */
export type SeriesFormula = (key: Key, length: number) => Float64Array

/**
 * Series of all classes, z-normalised: class i mod c + 1 for the i-th of a part, then shuffled, so the classes are equal
 * in number up to one. Series i of a part depends on the seed and i alone, not on how many are drawn.
 */
export function seriesSet(
  name: string,
  formulas: readonly SeriesFormula[],
  options: SeriesOptions & { train: number; test: number; length: number },
): Dataset {
  expectOptions(name, options, ['seed', 'train', 'test', 'length', 'dtype'])
  const { seed = 0, train, test, length, dtype = 'float32' } = options
  expectCount(name, 'train', train)
  expectCount(name, 'test', test)
  expectCount(name, 'length', length, 8)
  expectOneOf(name, 'dtype', dtype, floatDTypes)
  const root = key(seed).child(name)

  const part = (partName: 'train' | 'test', count: number) => {
    const order = root.child(partName, 'order').permutation(count)
    const series = Array.from(order, (i) =>
      formulas[i % formulas.length](root.child(partName, 'series', i), length),
    )
    const rows = rowsFrom(series, length)
    zNormaliseRows(name, rows, (i) => `series ${i} of ${partName}`)
    return { samples: rowsToTensor(rows, dtype), labels: order.map((i) => (i % formulas.length) + 1) }
  }

  const { samples: trainSamples, labels: trainLabels } = part('train', train)
  const { samples: testSamples, labels: testLabels } = part('test', test)
  return { name, train: trainSamples, test: testSamples, trainLabels, testLabels }
}
