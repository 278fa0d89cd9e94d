/** Numbers of one point: step, loss, validation error, live units. */
export const CURVE_WIDTH = 4

/** Points kept: twice what a screen can show. */
const MOST = 2048

/** The curve of a run. Where it gets too long every second point is dropped, so that it always covers the whole run. */
export class Curve {
  #values = new Float64Array(MOST * CURVE_WIDTH)
  #length = 0
  /** Of so many points one is kept. */
  #stride = 1
  #seen = 0

  /** Number of points. */
  get length(): number {
    return this.#length
  }

  /** One of the numbers of a point. */
  at(point: number, column: number): number {
    return this.#values[point * CURVE_WIDTH + column]
  }

  /** @param points rows of numbers */
  add(points: Float64Array): void {
    for (let i = 0; i < points.length; i += CURVE_WIDTH) {
      if (this.#seen++ % this.#stride !== 0) continue
      if (this.#length === MOST) this.#halve()
      this.#values.set(points.subarray(i, i + CURVE_WIDTH), this.#length++ * CURVE_WIDTH)
    }
  }

  clear(): void {
    this.#length = 0
    this.#stride = 1
    this.#seen = 0
  }

  #halve(): void {
    for (let i = 0; i < this.#length / 2; i++)
      this.#values.copyWithin(i * CURVE_WIDTH, 2 * i * CURVE_WIDTH, (2 * i + 1) * CURVE_WIDTH)
    this.#length >>= 1
    this.#stride *= 2
  }
}
