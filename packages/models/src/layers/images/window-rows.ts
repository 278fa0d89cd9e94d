import { aText, optional, required, withDefault } from '@facet/tensor/checks'
import { aShape, perAxis } from '../options.ts'

/** The options of layers that look at windows and have no numbers of their own. */
export const windowRows = {
  name: required(aText),
  /** The shape of one sample: an image [C, H, W], or a series [C, L]. */
  inputs: required(aShape),
  /** Rows and columns of a window, for all axes or each. */
  size: required(perAxis()),
  /** Distance of neighbouring windows. Default: the size. */
  stride: optional(perAxis()),
  /** Rows and columns added on either side, at most half of a window. Default 0. */
  padding: withDefault(perAxis(0), 0),
}
