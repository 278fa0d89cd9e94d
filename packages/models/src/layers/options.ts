import { type Activation, isActivation, type Shape, Tensor } from '@facet/tensor'
import { aValue, type OptionKind } from '@facet/tensor/checks'

const isCount = (value: unknown, least: number): boolean =>
  Number.isInteger(value) && (value as number) >= least

/** Shapes of samples: lists of positive integers. */
export const aShape: OptionKind<Shape> = aValue(
  'a shape, a list of positive integers',
  (value) => Array.isArray(value) && value.every((length) => isCount(length, 1)),
)

/** One number for every axis of an image, or one for each. */
export type PerAxis = number | readonly number[]

/** Whole numbers from `least` on, one for all axes or one for each. */
/*#__NO_SIDE_EFFECTS__*/
export const perAxis = (least = 1): OptionKind<PerAxis> =>
  aValue(
    `a whole number from ${least} on, or one for each axis`,
    (value) => isCount(value, least) || (Array.isArray(value) && value.every((each) => isCount(each, least))),
  )

/** A tensor, or none. */
export const aBias = aValue<Tensor | null>(
  'a tensor or null',
  (value) => value === null || value instanceof Tensor,
)

/** φ */
export const aLayerActivation = aValue<Activation>('an activation such as reluActivation', isActivation)
