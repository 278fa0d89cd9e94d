/** Rows of a file, read in the page and never sent anywhere: `[count, width]`. */
export interface GivenRows {
  readonly values: Float32Array
  readonly width: number
  readonly labels: Int32Array | null
  readonly classes: readonly string[] | null
  readonly columns: readonly string[] | null
}

/** What the samples of a run are, for whoever draws them. */
export interface DataFacts {
  /** `[count, width]` of training, then of validation. */
  readonly train: Float32Array
  readonly validation: Float32Array
  readonly width: number
  readonly labels: Int32Array | null
  readonly classes: readonly string[] | null
  readonly columns: readonly string[] | null
  readonly kind: 'points' | 'series' | 'image'
  readonly image: { readonly height: number; readonly width: number } | null
}
