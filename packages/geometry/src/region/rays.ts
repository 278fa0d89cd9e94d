import { dot, primitive } from '../exact/whole-vectors.ts'
import { bitsOf, quotient, signOf, wholesOf } from '../exact/wholes.ts'
import { ROUNDING } from './path.ts'

/** The exact form of a row, as whole numbers that are a positive multiple of it. */
export type ExactRow = (row: number) => readonly bigint[]

/**
 * Rays of cones in homogeneous coordinates (x, w), and rows: linear forms that are cut with. A ray with w > 0 is the point x / w, one with w = 0
 * a direction. Both are float64 with bounds of their errors; what those cannot decide is asked of exact numbers, that are made from
 * the rays and the row that a ray was made of.
 *
 * Rays are a stack: `count` may be set back.
 */
export class Rays {
  readonly width: number
  count = 0
  /** Signs that were settled in exact arithmetic. */
  exactSigns = 0
  /** [rows × width], with bounds of errors beside them. */
  readonly rows: Float64Array
  readonly rowErrors: Float64Array
  readonly #exactRow: ExactRow
  #capacity = 256
  #values: Float64Array
  #errors: Float64Array
  /** What |row| is multiplied by in the bound of a product: errors and roundings. */
  #slack: Float64Array
  /** Sizes with errors added. */
  #reach: Float64Array
  /** What each ray was made of: two rays and a row, see `#exact`. */
  #made: Int32Array
  #exactRays: (readonly bigint[] | undefined)[] = []
  /** The value of the last `sign`, and the bound of its error. */
  value = 0
  bound = 0

  constructor(width: number, rows: number, exactRow: ExactRow) {
    this.width = width
    this.rows = new Float64Array(rows * width)
    this.rowErrors = new Float64Array(rows * width)
    this.#exactRow = exactRow
    const room = this.#capacity * width
    this.#values = new Float64Array(room)
    this.#errors = new Float64Array(room)
    this.#slack = new Float64Array(room)
    this.#reach = new Float64Array(room)
    this.#made = new Int32Array(this.#capacity * 3)
  }

  get values(): Float64Array {
    return this.#values
  }

  /** Bounds of the errors of the values. */
  get errors(): Float64Array {
    return this.#errors
  }

  /** A ray with these coordinates exactly. */
  add(v: readonly number[]): number {
    const ray = this.#next(-1, -1, -1)
    this.#setExact(ray, wholesOf(v).whole)
    for (let j = 0; j < this.width; j++) {
      this.#values[ray * this.width + j] = v[j]
      this.#errors[ray * this.width + j] = 0
    }
    this.#bounds(ray)
    return ray
  }

  /** The sign of a row at a ray, which is certain. */
  sign(row: number, ray: number): -1 | 0 | 1 {
    if (this.#evaluate(row, ray)) return this.value > 0 ? 1 : this.value < 0 ? -1 : 0
    if (this.#exactRays[ray] === undefined) {
      // The ray's error may be all that is in the way, and would be again.
      this.exactSigns++
      this.#refresh(ray)
      if (this.#evaluate(row, ray)) return this.value > 0 ? 1 : this.value < 0 ? -1 : 0
    }
    return this.signOfExact(this.#exactRow(row), ray)
  }

  /** @returns whether the value is above the bound of its error, or exactly 0 */
  #evaluate(row: number, ray: number): boolean {
    const { width, rows, rowErrors } = this
    const [values, slack, reach] = [this.#values, this.#slack, this.#reach]
    let [value, bound] = [0, 0]
    const at = row * width
    const from = ray * width
    for (let j = 0; j < width; j++) {
      const h = rows[at + j]
      value += h * values[from + j]
      bound += Math.abs(h) * slack[from + j] + rowErrors[at + j] * reach[from + j]
    }
    this.value = value
    this.bound = bound
    return Math.abs(value) > bound || bound === 0
  }

  /** The sign of an exact form at a ray; `value` then is its place. */
  signOfExact(form: readonly bigint[], ray: number): -1 | 0 | 1 {
    this.exactSigns++
    return signOf(dot(form, this.exact(ray)))
  }

  /**
   * The ray between two others where a row is 0; `above` is the row's value at the first, > 0, `below` that at the second, < 0, each with a
   * bound of its error.
   */
  between(
    p: number,
    n: number,
    row: number,
    above: number,
    aboveBound: number,
    below: number,
    belowBound: number,
  ): number {
    const ray = this.#next(p, n, row)
    const { width } = this
    const [values, errors] = [this.#values, this.#errors]
    const span = above - below
    const [a, b] = [-below / span, above / span]
    const shift = (1.01 * (a * aboveBound + b * belowBound)) / span
    const [to, first, second] = [ray * width, p * width, n * width]
    const isLoose = !(aboveBound + belowBound < 1e-3 * span)
    for (let j = 0; j < width; j++) {
      const [u, v] = [a * values[first + j], b * values[second + j]]
      values[to + j] = u + v
      const inherited = a * errors[first + j] + b * errors[second + j]
      const moved = Math.abs(values[first + j] - values[second + j]) + errors[first + j] + errors[second + j]
      const size = Math.abs(u) + Math.abs(v)
      const error = 1.01 * inherited + shift * moved + 8 * ROUNDING * size
      errors[to + j] = error
    }
    if (isLoose) this.#refresh(ray)
    else this.#bounds(ray)
    return ray
  }

  /** The ray, or line, moved along a line until the row is 0 there; the row is not 0 on the line. */
  along(ray: number, line: number, row: number): number {
    const made = this.#next(ray, line, row)
    const { width } = this
    this.sign(row, line)
    const [onLine, lineBound] = [this.value, this.bound]
    this.sign(row, ray)
    const [onRay, rayBound] = [this.value, this.bound]
    const t = onRay / onLine
    const [values, errors] = [this.#values, this.#errors]
    const tError =
      (1.01 * (rayBound + Math.abs(t) * lineBound)) / Math.abs(onLine) + 2 * ROUNDING * Math.abs(t)
    const isLoose = !(lineBound < 1e-3 * Math.abs(onLine))
    const [to, first, second] = [made * width, ray * width, line * width]
    for (let j = 0; j < width; j++) {
      const step = t * values[second + j]
      values[to + j] = values[first + j] - step
      const size = Math.abs(values[first + j]) + Math.abs(step)
      errors[to + j] =
        errors[first + j] +
        (Math.abs(t) + tError) * errors[second + j] +
        tError * Math.abs(values[second + j]) +
        4 * ROUNDING * size
    }
    if (isLoose) this.#refresh(made)
    else this.#bounds(made)
    return made
  }

  /** The line the other way. */
  opposite(line: number): number {
    const ray = this.#next(line, -1, -2)
    for (let j = 0; j < this.width; j++) {
      this.#values[ray * this.width + j] = -this.#values[line * this.width + j]
      this.#errors[ray * this.width + j] = this.#errors[line * this.width + j]
    }
    this.#bounds(ray)
    return ray
  }

  /** Whole numbers that are a positive multiple of the ray. */
  exact(ray: number): readonly bigint[] {
    const kept = this.#exactRays[ray]
    if (kept !== undefined) return kept
    const [p, n, row] = [this.#made[ray * 3], this.#made[ray * 3 + 1], this.#made[ray * 3 + 2]]
    const first = this.exact(p)
    let made: readonly bigint[]
    if (row === -2) made = first.map((x) => -x)
    else {
      const second = this.exact(n)
      const form = this.#exactRow(row)
      const [above, below] = [dot(form, first), dot(form, second)]
      // `between`: above > 0 > below. `along`: the multiple of the first must be positive.
      const flip = below < 0n
      made = primitive(
        first.map((x, j) => (flip ? above * second[j] - below * x : below * x - above * second[j])),
      )
    }
    this.#setExact(ray, made)
    return made
  }

  #setExact(ray: number, v: readonly bigint[]): void {
    this.#exactRays[ray] = v
  }

  /** Coordinates to the last place, from exact ones. */
  #refresh(ray: number): void {
    const exact = this.exact(ray)
    let most = 0
    for (const x of exact) most = Math.max(most, bitsOf(x))
    const from = ray * this.width
    for (let j = 0; j < this.width; j++) {
      const x = quotient(exact[j], 1n, -most)
      this.#values[from + j] = x
      this.#errors[from + j] = 4 * ROUNDING * Math.abs(x)
    }
    this.#bounds(ray)
  }

  #bounds(ray: number): void {
    const { width } = this
    // Of a sum of as many products, with the rounding of the bound itself.
    const share = (width + 4) * ROUNDING
    for (let j = ray * width; j < (ray + 1) * width; j++) {
      const size = Math.abs(this.#values[j])
      this.#slack[j] = 1.001 * (this.#errors[j] + share * size)
      this.#reach[j] = 1.001 * (size + this.#errors[j])
    }
  }

  #next(p: number, n: number, row: number): number {
    const ray = this.count++
    if (ray >= this.#capacity) this.#grow()
    this.#made[ray * 3] = p
    this.#made[ray * 3 + 1] = n
    this.#made[ray * 3 + 2] = row
    this.#exactRays[ray] = undefined
    return ray
  }

  #grow(): void {
    this.#capacity *= 2
    const grown = <T extends Float64Array | Int32Array>(old: T, size: number): T => {
      const made = new (old.constructor as new (size: number) => T)(size)
      made.set(old)
      return made
    }
    const room = this.#capacity * this.width
    this.#values = grown(this.#values, room)
    this.#errors = grown(this.#errors, room)
    this.#slack = grown(this.#slack, room)
    this.#reach = grown(this.#reach, room)
    this.#made = grown(this.#made, this.#capacity * 3)
  }
}
