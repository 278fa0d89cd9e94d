/** A product `[batch, m, k] · [batch, k, n]`, either side stored transposed. */
export interface Product {
  readonly m: number
  readonly n: number
  readonly k: number
  /** Rows that one thread of a blocked product computes: as many outputs as it has. */
  readonly rows: number
  readonly transposeA: boolean
  readonly transposeB: boolean
  /** GLSL of the matrix of either side that batch `b` takes. */
  readonly matrixOfA: string
  readonly matrixOfB: string
  /** Elements from one row of either side, as it is stored, to the next. */
  readonly widthOfA: number
  readonly widthOfB: number
}
