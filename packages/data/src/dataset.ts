import type { Tensor } from '@facet/tensor'

export type { FloatDType } from '@facet/tensor/checks'

/**
 * How the numbers of a sample lie in an image: channel after channel, each `height` rows of `width` pixels (as in CIFAR-10;
 * with one channel there is no other way).
 */
export interface ImageShape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** A training and a test part with a class label for every sample. */
export interface Dataset {
  readonly name: string
  /** `[n, d]` */
  readonly train: Tensor
  /** `[m, d]` */
  readonly test: Tensor
  /** The class of each training sample, as the source numbers them (from 1 in generated sets; a drawn digit's is the digit). */
  readonly trainLabels: Int32Array
  readonly testLabels: Int32Array
  /** Where the samples are images. */
  readonly image?: ImageShape
  /** Which samples of each part are series of equal values, given as zeros. */
  readonly flat?: { readonly train: readonly number[]; readonly test: readonly number[] }
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
