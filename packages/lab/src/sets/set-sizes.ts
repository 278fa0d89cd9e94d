/** Sizes of a data set after the validation part is held out. */
export interface SetSizes {
  readonly train: number
  readonly validation: number
  readonly test: number
  readonly length: number
}

/** By the name of the set. */
export type Sizes = Readonly<Record<string, SetSizes>>
