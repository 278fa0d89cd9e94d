import type { DType } from '@facet/tensor'

/** How far numbers of a dtype reach while rows are scaled. */
export interface Limits {
  /**
   * The smallest number beside 1 in a row, zeros aside. What is smaller may vanish in a product with weights, or come out of one
   * that has vanished in part: of such a row nothing is said.
   */
  readonly smallest: number
  /** The smallest that a bias may be alone: well above the trace that a vanished one leaves. */
  readonly smallestBias: number
  /** The smallest number there is: what has vanished leaves one in what it is added to, if that is 0. */
  readonly least: number
  /** The largest that 1 may be in the units of a row, and one over it the smallest, to stay a number that 0 can be multiplied by. */
  readonly one: number
}

const LIMITS: Readonly<Partial<Record<DType, Limits>>> = {
  float32: { smallest: 2 ** -90, smallestBias: 2 ** -136, least: 2 ** -149, one: 2 ** 126 },
  float64: { smallest: 2 ** -850, smallestBias: 2 ** -1050, least: 2 ** -1074, one: 2 ** 1022 },
}

export const limitsOf = (dtype: DType): Limits => LIMITS[dtype]!
