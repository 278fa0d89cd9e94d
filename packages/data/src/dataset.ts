import type { Tensor } from '@facet/tensor'

export const floatDTypes = ['float32', 'float64'] as const

/** The floating-point dtypes that data come in. */
export type FloatDType = (typeof floatDTypes)[number]

/** A training and a test part with a class label for every sample. */
export interface Dataset {
  readonly name: string
  /** `[n, d]` */
  readonly train: Tensor
  /** `[m, d]` */
  readonly test: Tensor
  /** The class of each training sample, as the source numbers them (from 1 in generated sets). */
  readonly trainLabels: Int32Array
  readonly testLabels: Int32Array
}

/** Points of an orbit `x(θ) = exp(Σ θ_k G_k) x(0)` whose generators are known. */
export interface Orbit {
  readonly name: string
  /** Points outside the gap, `[n, d]`. */
  readonly train: Tensor
  /** Points inside the gap, `[m, d]`. */
  readonly test: Tensor
  /** The true generators, `[k, d, d]`, skew-symmetric. */
  readonly generators: Tensor
}
