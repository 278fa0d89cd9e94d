import { type Key, key } from '@facet/tensor'
import { aCount, aFloatDType, aSeed, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import type { Dataset } from '../dataset.ts'
import { rowsFrom, rowsToTensor } from '../rows.ts'
import { zNormaliseRows } from '../z-normalise.ts'

/** Options of a generator of labelled series. `sizes`: those of the UCR archive's set. */
export const seriesOptions = (
  name: string,
  sizes: { readonly train: number; readonly test: number; readonly length: number },
) =>
  optionTable(name, {
    /** Default 0. */
    seed: withDefault(aSeed, 0),
    /** Number of training series; the default is the UCR archive's. */
    train: withDefault(aCount(), sizes.train),
    /** Number of test series; the default is the UCR archive's. */
    test: withDefault(aCount(), sizes.test),
    /** Values per series; the default is the UCR archive's. */
    length: withDefault(aCount(8), sizes.length),
    /** Default float32. */
    dtype: withDefault(aFloatDType, 'float32'),
  })

/** What every generator of labelled series takes. */
export type SeriesOptions = OptionsOf<ReturnType<typeof seriesOptions>>

/** One series of a class: `length` values, every random number from `key`. */
export type SeriesFormula = (key: Key, length: number) => Float64Array

/**
 * Series of all classes, z-normalised: class i mod c + 1 for the i-th of a part, then shuffled, so the classes are equal
 * in number up to one. Series i of a part depends on the seed and i alone, not on how many are drawn.
 */
export function seriesSet(
  table: ReturnType<typeof seriesOptions>,
  formulas: readonly SeriesFormula[],
  options: SeriesOptions,
): Dataset {
  const { operation: name } = table
  const { seed, train, test, length, dtype } = table.resolve(options)
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
