import type { ImageShape } from '@facet/data'
import { type GeneratorBank, imageBank, seriesBank } from '@facet/regularizers'

/** What the samples of a set are. */
export interface SampleKind {
  /** Values of a sample. */
  readonly length: number
  /** Where a sample is an image. */
  readonly image: ImageShape | null
  /** Whether every series has mean 0 and deviation 1, and is to keep them; default: true. */
  readonly zNormalised?: boolean
}

/** The families of generators of a series and of an image: letters of W, A and T, and of a and l. */
export interface BankParts {
  readonly series: string
  readonly image: string
}

/** Time warps and amplitudes; affine fields and local warps. */
export const defaultParts: BankParts = { series: 'WA', image: 'al' }

/** Generators that act on the samples. */
export const bankOf = (
  { length, image, zNormalised }: SampleKind,
  parts: BankParts = defaultParts,
): GeneratorBank =>
  image === null
    ? seriesBank({ length, parts: parts.series, zNormalised })
    : imageBank({ ...image, parts: parts.image })
