import type { Tensor } from '@facet/tensor'
import {
  aFloatDType,
  anything,
  type OptionsOf,
  oneOf,
  optional,
  unpackedRows,
  withDefault,
} from '@facet/tensor/checks'
import type { ImageShape } from '../dataset.ts'
import { aColumn, aColumnList } from '../table/column.ts'
import { conditions } from '../table/condition.ts'
import { aRowSample } from './row-choice.ts'

/** The kinds of files that samples are read from. */
export const samplesFormats = ['ucr', 'ts', 'arff', 'csv', 'npy', 'npz', 'idx', 'cifar10'] as const

/**
 * `ucr`: the text form of the UCR archive, a label and values a line. `ts`: the form of sktime and the UEA archive. `arff`:
 * that of Weka and, again, the archives. `csv`: a table of one's own. `npy`, `npz`: numpy's. `idx`: MNIST's. `cifar10`: the binary version of CIFAR-10.
 */
export type SamplesFormat = (typeof samplesFormats)[number]

/** What a file of samples holds beside its numbers. */
export interface SamplesFacts {
  /** The class of each sample; `null` where the file names none or was asked for none. */
  readonly labels: Int32Array | null
  /** Where labels are texts: the text of label i. */
  readonly classes: readonly string[] | null
  /** The header of a table, without the column of labels. */
  readonly columns: readonly string[] | null
  /** Columns kept as texts beside the numbers, never features; empty for none. */
  readonly ids: readonly TextColumn[]
  /** When each row was; `null` where no column says so. */
  readonly time: TimeColumn | null
  /** What parts the rows into series of their own; `null` for one series. */
  readonly group: TextColumn | null
  /** What the file was taken for, in sentences without an end: `line 1 is a header`. */
  readonly notes: readonly string[]
  /** Where a sample is an image. */
  readonly image: ImageShape | null
  /** Rows that the file has, before sub-sampling. */
  readonly rowsInFile: number
  /** Which rows of the file were kept, in order; `null` where all were. */
  readonly rows: Int32Array | null
}

/** A column as the file writes it, one text for each row kept. */
export interface TextColumn {
  readonly name: string
  readonly values: readonly string[]
}

/** A column of dates, or of numbers that grow. */
export interface TimeColumn extends TextColumn {
  /** Milliseconds since 1970 (UTC where the file names no zone), or the numbers themselves. */
  readonly times: Float64Array
}

/** Samples as they come from a file. */
export interface Samples extends SamplesFacts {
  /** The file's name. */
  readonly name: string
  /** `[n, d]`, floating-point and finite. */
  readonly data: Tensor
}

/** Samples as plain numbers: no backend, no tensor. */
export interface ParsedSamples extends SamplesFacts {
  /** `[count, length]`, row after row; NaN where a value is missing, which only `missing: 'keep'` and `lengths: 'keep'` let be. */
  readonly values: Float32Array | Float64Array
  readonly count: number
  readonly length: number
}

/** Whether the first line of a table names its columns. */
export const headers = ['auto', 'yes', 'no'] as const

/** What becomes of columns beside those that are expected. */
export const besides = ['drop', 'id'] as const

/** What becomes of what a file lacks. */
export const keeping = ['refuse', 'keep'] as const

/** Options of readers of samples. */
export const samplesRows = {
  /**
   * Of a table: the column of labels by its name in the header or by index, negative from the end. Of an `npz`: the name of
   * the array. `'none'` leaves labels out. Default: none for a table, an `npy` and an `npz`; else those of the file. Where `expected` is given a
   * table may lack it: then there are no labels.
   */
  labels: optional(anything<string | number | 'none'>()),
  /** The array of an `npz` to read; default the only one with rows and columns. */
  array: optional(anything<string>()),
  /** Of a table: whether its first line names the columns. `auto` (default) judges by the lines and says so in `notes`. */
  header: withDefault(oneOf(headers), 'auto'),
  /** Of a table: the columns that are features, by name or index; default all that have no other part. */
  columns: optional(aColumnList),
  /** Of a table: columns that are left out. */
  drop: optional(aColumnList),
  /** Of a table: columns that are kept as texts and are no features. */
  id: optional(aColumnList),
  /** Of a table: the column that says when a row was: dates, or numbers. `auto`: the only one whose values are dates. `none`: default. */
  time: optional(aColumn),
  /** Of a table: the column that parts the rows into series of their own. */
  group: optional(aColumn),
  /** Rows that are read: those that meet all conditions. A column of labels beside the numbers (UCR, npz, IDX) is called `label`. */
  where: optional(conditions),
  /** Names of features that a model was trained on: a table with a header gives these, in this order, whatever its own. */
  expected: optional(aColumnList),
  /** What becomes of columns of a table beside those expected: left out and named in `notes` (default), or kept as ids. */
  beside: withDefault(oneOf(besides), 'drop'),
  /** Missing values: refused with their number by column (default), or kept as NaN. */
  missing: withDefault(oneOf(keeping), 'refuse'),
  /** Series of several lengths: refused (default), or kept, shorter ones with NaN at the end. */
  lengths: withDefault(oneOf(keeping), 'refuse'),
  /** A random part of the rows. Default all. */
  sample: optional(aRowSample),
  /**
   * Default float64 for text and wherever numbers are not exact in float32, else float32. Numbers beyond float32, in which models are computed, are
   * refused with their line; where float64 is asked for they are read.
   */
  dtype: optional(aFloatDType),
  ...unpackedRows,
}

/** What readers of samples may be told. */
export type SamplesOptions = OptionsOf<typeof samplesRows>

/** Reads a file that comes in pieces. */
export interface SamplesParser {
  /** @throws naming the file and the line or byte as soon as something is wrong */
  push(chunk: Uint8Array): void
  /** @throws if the file is not whole or holds no samples */
  end(): ParsedSamples | Promise<ParsedSamples>
}
