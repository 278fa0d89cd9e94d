/** Sizes of a data set after the validation part is held out. */
export interface SetSizes {
  readonly train: number
  readonly validation: number
  readonly test: number
  readonly length: number
}
