import type { Tensor } from '@facet/tensor'
import {
  aFloatDType,
  anything,
  type OptionsOf,
  optional,
  unpackedRows,
  withDefault,
} from '@facet/tensor/checks'
import type { ImageShape } from '../dataset.ts'
import { aRowSample } from './row-choice.ts'

/** The kinds of files that samples are read from. */
export const samplesFormats = ['ucr', 'ts', 'csv', 'npy', 'npz', 'idx', 'cifar10'] as const

/**
 * `ucr`: the text form of the UCR archive, a label and values a line. `ts`: the form of sktime and the UEA archive. `csv`:
 * a table of one's own. `npy`, `npz`: numpy's. `idx`: MNIST's. `cifar10`: the binary version of CIFAR-10.
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
  /** Where a sample is an image. */
  readonly image: ImageShape | null
  /** Rows that the file has, before sub-sampling. */
  readonly rowsInFile: number
  /** Which rows of the file were kept, in order; `null` where all were. */
  readonly rows: Int32Array | null
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
  /** `[count, length]`, row after row. */
  readonly values: Float32Array | Float64Array
  readonly count: number
  readonly length: number
}

/** Options of readers of samples. */
export const samplesRows = {
  /**
   * Of a table: the column of labels by its name in the header or by index, negative from the end. Of an `npz`: the name of
   * the array. `'none'` leaves labels out. Default: none for a table, an `npy` and an `npz`; else those of the file.
   */
  labels: optional(anything<string | number | 'none'>()),
  /** The array of an `npz` to read; default the only one with rows and columns. */
  array: optional(anything<string>()),
  /** A random part of the rows. Default all. */
  sample: optional(aRowSample),
  /** Default float32. */
  dtype: withDefault(aFloatDType, 'float32'),
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
