/** The points origin + s u + t v, s and t within the window. */
export interface WindowOfPlane {
  readonly origin: ArrayLike<number>
  readonly u: ArrayLike<number>
  readonly v: ArrayLike<number>
  readonly s: readonly [number, number]
  readonly t: readonly [number, number]
}
