import type { ImageShape } from '@facet/data'
import {
  bankInOrder,
  type GeneratorBank,
  imageBank,
  type LearnedBankOptions,
  type LearnedOrder,
  learnedBank,
  learnOrder,
  type StencilKind,
  seriesBank,
  toOrder,
} from '@facet/regularizers'
import type { Key, Tensor } from '@facet/tensor'

/** What the samples of a set are. */
export interface SampleKind {
  /** Values of a sample. */
  readonly length: number
  /** Where a sample is an image. */
  readonly image: ImageShape | null
  /** Whether every series has mean 0 and deviation 1, and is to keep them; default: true. */
  readonly zNormalised?: boolean
}

/** What generators can be learned from. */
export interface BankSource extends SampleKind {
  /** [n, d], the training part. */
  readonly train: Tensor
  /** Of orders and mixtures that are drawn. */
  readonly key: Key
  /** The families of given generators; default: {@link defaultParts}. */
  readonly parts?: BankParts
}

/** The families of generators of a series and of an image: letters of W, A and T, and of a and l. */
export interface BankParts {
  readonly series: string
  readonly image: string
}

/** Time warps and amplitudes; affine fields and local warps. */
export const defaultParts: BankParts = { series: 'WA', image: 'al' }

/** Which generators, and whether samples swell along them as well as move; default: given ones, and yes. */
export interface BankChoice {
  readonly bank?: BankName
  readonly amplitude?: boolean
  /** Whether samples keep their mean and deviation, in place of what is said of them: without, tangents are linear. */
  readonly zNormalised?: boolean
}

interface BankRow {
  /** How stencils are learned; `null` for generators that are given. */
  readonly stencils: StencilKind | null
  /** The order of the coordinates in which they are learned; default: their own. */
  order?(source: BankSource): Int32Array
}

/** Generators by their name. */
const banks = {
  /** A family that is known: warps, and amplitudes of series. */
  given: { stencils: null },
  /** Local operators: the principal components of patches. */
  learned: { stencils: 'pca' },
  /** The mixtures of components that carry samples to their neighbours. */
  learnedEm: { stencils: 'em' },
  /** Random mixtures of the same components: a control. */
  random: { stencils: 'random' },
  /** As learned, of coordinates in a random order: the null. */
  wrongOrder: { stencils: 'pca', order: randomOrder },
  /** As learned, of coordinates that were shuffled and whose order is learned as well. */
  learnedOrder: { stencils: 'pca', order: (source: BankSource) => learnedOrderOf(source).order },
} as const satisfies Readonly<Record<string, BankRow>>

export type BankName = keyof typeof banks

export const bankNames = Object.keys(banks) as BankName[]

/** Generators that act on the samples. */
export function bankOf(
  samples: BankSource,
  { bank = 'given', amplitude = true, zNormalised = samples.zNormalised }: BankChoice = {},
): GeneratorBank {
  const source = { ...samples, zNormalised }
  const given = source.parts ?? defaultParts
  const parts = amplitude ? given : { ...given, series: given.series.replace('A', '') }
  const recipe = recipeOf(source, bank)
  if (recipe === null) return givenBank(source, parts)
  const { train, options, order } = recipe
  const learned = learnedBank(train, { ...options, amplitude })
  return order === null ? learned : bankInOrder(learned, order)
}

/** What stencils are learned from, and how. */
export interface LearningRecipe {
  /** [n, d], in the order. */
  readonly train: Tensor
  readonly options: LearnedBankOptions
  readonly order: Int32Array | null
}

/** `null` for generators that are given. */
export function recipeOf(source: BankSource, bank: BankName): LearningRecipe | null {
  const { stencils, order }: BankRow = banks[bank]
  if (stencils === null) return null
  const { train, image, key, zNormalised } = source
  const places = order?.(source) ?? null
  return {
    train: places === null ? train : toOrder(train, places),
    options: { stencils, shape: image ?? 'line', zNormalised, key },
    order: places,
  }
}

/** The generators that are given for samples of a kind. */
export const givenBank = ({ length, image, zNormalised }: SampleKind, parts: BankParts): GeneratorBank =>
  image === null
    ? seriesBank({ length, parts: parts.series, zNormalised })
    : imageBank({ ...image, parts: parts.image })

/** A random order of the coordinates. */
function randomOrder({ key, length }: BankSource): Int32Array {
  return key.child('random order').permutation(length)
}

/** What `learnOrder` says of the coordinates in a random order, with its order in their own places. */
export function learnedOrderOf(source: BankSource): LearnedOrder {
  const shuffled = randomOrder(source)
  const found = learnOrder(toOrder(source.train, shuffled))
  return { ...found, order: found.order.map((place) => shuffled[place]) }
}
