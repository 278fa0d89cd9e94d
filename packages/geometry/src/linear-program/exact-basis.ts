import { dot } from '../exact/whole-vectors.ts'
import { quotient, signOf, wholesOf } from '../exact/wholes.ts'
import type { LinearStatus } from './linear-status.ts'

/**
 * The same dual simplex in whole numbers, by Bland's rule, so that it ends: for the few programs whose signs float64 does not decide. Rows
 * −1 − 2j and −2 − 2j of a basis are the bounds xⱼ + M ≥ 0 and −xⱼ + M ≥ 0.
 */
export class ExactBasis {
  basis: Int32Array
  readonly multipliers: Float64Array
  readonly x: Float64Array
  value = 0
  farkasRow = -1
  readonly #n: number
  /** Each times 2^exponent. */
  readonly #rows: (readonly bigint[])[]
  readonly #objective: readonly bigint[]
  readonly #rowExponents: readonly number[]
  readonly #objectiveExponent: number
  /** basis matrix⁻¹ = adjugate / determinant */
  #adjugate: bigint[][] = []
  #determinant = 1n

  constructor(objective: ArrayLike<number>, rows: Float64Array, count: number) {
    const n = objective.length
    this.#n = n
    const made = Array.from({ length: count }, (_, i) =>
      wholesOf(rows.subarray(i * (n + 1), (i + 1) * (n + 1))),
    )
    this.#rows = made.map(({ whole }) => whole)
    this.#rowExponents = made.map(({ exponent }) => exponent)
    const given = wholesOf(objective)
    this.#objective = given.whole
    this.#objectiveExponent = given.exponent
    this.basis = new Int32Array(n)
    this.multipliers = new Float64Array(n)
    this.x = new Float64Array(n)
  }

  /** @param basis where to start; bounds are taken where its multipliers are not all ≥ 0 */
  solve(basis: Int32Array): LinearStatus {
    this.basis = Int32Array.from(basis)
    if (!this.#factor() || !this.#isDualFeasible()) {
      this.basis = Int32Array.from(this.#objective, (c, j) => (c < 0n ? -2 - 2 * j : -1 - 2 * j))
      this.#factor()
    }
    for (;;) {
      const { near, far } = this.#point()
      const entering = this.#firstViolated(near, far)
      if (entering < 0) return this.#finish(near, far)
      const alpha = this.#combination(this.#coefficientsOf(entering))
      const leaving = this.#firstLeaving(alpha)
      if (leaving < 0) {
        this.farkasRow = entering
        for (let k = 0; k < this.#n; k++) {
          const row = this.basis[k]
          const own = row < 0 ? 0 : this.#rowExponents[entering] - this.#rowExponents[row]
          this.multipliers[k] = row < 0 ? 0 : -quotient(alpha[k], this.#determinant) * 2 ** own
        }
        return 'infeasible'
      }
      this.basis[leaving] = entering
      this.#factor()
    }
  }

  #coefficientsOf(row: number): bigint[] {
    if (row >= 0) return this.#rows[row].slice(0, this.#n)
    const axis = (-1 - row) >> 1
    return Array.from({ length: this.#n }, (_, j) => (j === axis ? ((-1 - row) % 2 === 0 ? 1n : -1n) : 0n))
  }

  /** vector · adjugate: its coefficients in rows of the basis, times the determinant. */
  #combination(vector: readonly bigint[]): bigint[] {
    return this.#adjugate.map((_, k) => {
      let sum = 0n
      for (let j = 0; j < this.#n; j++) sum += vector[j] * this.#adjugate[j][k]
      return sum
    })
  }

  #isDualFeasible(): boolean {
    const sign = signOf(this.#determinant)
    return this.#combination(this.#objective).every((x) => signOf(x) * sign >= 0)
  }

  /** The basis' point, times the determinant, which is made positive. */
  #point(): { near: bigint[]; far: bigint[] } {
    const solve = (right: bigint[]) => this.#adjugate.map((row) => dot(row, right))
    const rights = Array.from(this.basis)
    return {
      near: solve(rights.map((row) => (row < 0 ? 0n : -this.#rows[row][this.#n]))),
      far: solve(rights.map((row) => (row < 0 ? -1n : 0n))),
    }
  }

  #firstViolated(near: readonly bigint[], far: readonly bigint[]): number {
    for (let i = 0; i < this.#rows.length; i++) {
      const row = this.#rows[i]
      let [x, y] = [row[this.#n] * this.#determinant, 0n]
      for (let j = 0; j < this.#n; j++) {
        x += row[j] * near[j]
        y += row[j] * far[j]
      }
      if (y < 0n || (y === 0n && x < 0n)) return i
    }
    return -1
  }

  /** The least ratio of multiplier and coefficient; of equal ones the row that comes first, bounds behind all rows. */
  #firstLeaving(alpha: readonly bigint[]): number {
    const lambda = this.#combination(this.#objective)
    const order = (k: number) => (this.basis[k] >= 0 ? this.basis[k] : this.#rows.length - this.basis[k])
    let leaving = -1
    for (let k = 0; k < this.#n; k++) {
      if (alpha[k] <= 0n) continue
      if (leaving < 0) leaving = k
      else {
        const difference = lambda[k] * alpha[leaving] - lambda[leaving] * alpha[k]
        if (difference < 0n || (difference === 0n && order(k) < order(leaving))) leaving = k
      }
    }
    return leaving
  }

  #finish(near: readonly bigint[], far: readonly bigint[]): LinearStatus {
    const n = this.#n
    const lambda = this.#combination(this.#objective)
    for (let k = 0; k < n; k++) {
      const row = this.basis[k]
      const own = row < 0 ? 0 : this.#objectiveExponent - this.#rowExponents[row]
      this.multipliers[k] = quotient(lambda[k], this.#determinant) * 2 ** own
    }
    if (dot(this.#objective, far) < 0n) {
      far.forEach((x, j) => {
        this.x[j] = quotient(x, this.#determinant)
      })
      this.value = Number.NEGATIVE_INFINITY
      return 'unbounded'
    }
    const steps = this.#stepsAlong(near, far)
    near.forEach((x, j) => {
      this.x[j] = quotient(x + steps * far[j], this.#determinant)
    })
    this.value = quotient(dot(this.#objective, near), this.#determinant) * 2 ** this.#objectiveExponent
    return 'optimal'
  }

  /** How often the far part is added to a point of an unbounded face, so that it holds all rows. */
  #stepsAlong(near: readonly bigint[], far: readonly bigint[]): bigint {
    let steps = 0n
    for (const row of this.#rows) {
      const x = row[this.#n] * this.#determinant + dot(row.slice(0, this.#n), near)
      const y = dot(row.slice(0, this.#n), far)
      if (x < 0n) steps = -x / y + 1n > steps ? -x / y + 1n : steps
    }
    return steps
  }

  /** Bareiss' elimination, without fractions. @returns false where the rows of the basis are dependent */
  #factor(): boolean {
    const n = this.#n
    const a = Array.from(this.basis, (row, k) => [
      ...this.#coefficientsOf(row),
      ...Array.from({ length: n }, (_, j) => (j === k ? 1n : 0n)),
    ])
    let before = 1n
    for (let c = 0; c < n; c++) {
      const p = a.findIndex((row, i) => i >= c && row[c] !== 0n)
      if (p < 0) return false
      if (p !== c) [a[p], a[c]] = [a[c], a[p]]
      const pivot = a[c][c]
      for (let i = 0; i < n; i++) {
        if (i === c) continue
        const factor = a[i][c]
        for (let j = 0; j < 2 * n; j++) a[i][j] = (a[i][j] * pivot - factor * a[c][j]) / before
      }
      before = pivot
    }
    // Rows were exchanged in the identity as well: what stands there is the inverse times the last pivot, whatever the determinant's sign.
    const flip = before < 0n ? -1n : 1n
    this.#determinant = before * flip
    this.#adjugate = a.map((row) => row.slice(n).map((x) => x * flip))
    return true
  }
}
