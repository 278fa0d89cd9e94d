/** A plane in the input space of a network: x = origin + s u + t v, each [inputs]. */
export interface Plane {
  readonly origin: ArrayLike<number>
  readonly u: ArrayLike<number>
  readonly v: ArrayLike<number>
}

/** Those of its points with s and t within the window. */
export interface WindowOfPlane extends Plane {
  readonly s: readonly [number, number]
  readonly t: readonly [number, number]
}
