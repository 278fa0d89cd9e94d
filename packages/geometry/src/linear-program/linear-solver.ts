import type { Verified } from '../line/line-walk.ts'
import { ExactBasis } from './exact-basis.ts'
import { invert } from './invert.ts'
import type { LinearStatus } from './linear-status.ts'

/** Half a unit in the last place. */
const ROUNDING = 2 ** -53

/** Of 21 variables exact arithmetic took minutes for the walls of one region. */
const MOST_EXACT = 12

/**
 * Small dense linear programs: minimise c · x where aᵢ · x + bᵢ ≥ 0 for all rows, x free.
 *
 * A dual simplex with an explicit inverse of the basis, which starts from the bounds |xⱼ| ≤ M of a box without end: M is no number but larger than every
 * number, so that a point is a pair, M · far + near. Rows are scaled by powers of two. Nothing is allocated for a program that float64 decides.
 *
 * What it says is certain: at the end the inverse is made anew, and every multiplier and every row is compared with a bound of its error
 * that follows the sizes of its terms. Where one of them is not decided, exact arithmetic starts from the same basis.
 *
 * @example
 * import { LinearSolver } from '@facet/geometry'
 * const solver = new LinearSolver(2)
 * // x + y is least where x ≥ 1 and y ≥ 2.
 * solver.solve([1, 1], Float64Array.of(1, 0, -1, 0, 1, -2)) // 'optimal'
 * solver.value // 3
 * Array.from(solver.x) // [1, 2]
 */
export class LinearSolver {
  readonly variables: number
  /** Of an optimal program: a point where the least value is taken, and that value. */
  readonly x: Float64Array
  value = 0
  /** Of an unbounded program: along it the objective falls for ever. */
  readonly direction: Float64Array
  /**
   * Rows and their multipliers λ ≥ 0, at most one for each variable; −1 − j stands for none. Of an optimal program c = Σ λᵢ aᵢ, which proves that no point is
   * better. Of an infeasible one Σ λᵢ aᵢ + a_last = 0 and Σ λᵢ bᵢ + b_last < 0, with `last` the row `farkasRow`.
   */
  readonly basis: Int32Array
  readonly multipliers: Float64Array
  farkasRow = -1
  /** `float`: a program of more than 12 variables that float64 does not decide, and that would take exact arithmetic too long. */
  verified: Verified = 'checked'
  /** Steps of the last program. */
  pivots = 0
  #scaled = new Float64Array(0)
  #scale = new Float64Array(0)
  #count = 0
  readonly #inverse: Float64Array
  readonly #matrix: Float64Array
  readonly #work: Float64Array
  readonly #pivotRow: Int32Array
  readonly #near: Float64Array
  readonly #far: Float64Array
  readonly #nearBound: Float64Array
  readonly #farBound: Float64Array
  readonly #alpha: Float64Array
  readonly #bound: Float64Array
  readonly #deviation: Float64Array

  /** @throws RangeError for less than one variable. */
  constructor(variables: number) {
    if (!(Number.isInteger(variables) && variables > 0))
      throw new RangeError(`LinearSolver: expected at least one variable, got ${variables}`)
    const n = variables
    this.variables = n
    const numbers = (size = n) => new Float64Array(size)
    this.x = numbers()
    this.direction = numbers()
    this.basis = new Int32Array(n)
    this.multipliers = numbers()
    this.#inverse = numbers(n * n)
    this.#matrix = numbers(n * n)
    this.#work = numbers(n * n)
    this.#pivotRow = new Int32Array(n)
    this.#near = numbers()
    this.#far = numbers()
    this.#nearBound = numbers()
    this.#farBound = numbers()
    this.#alpha = numbers()
    this.#bound = numbers()
    this.#deviation = numbers(n * n)
  }

  /**
   * @param objective c [n]
   * @param rows [count × (n + 1)], each a and then b
   * @throws RangeError for numbers that are not finite or a length that does not fit.
   */
  solve(
    objective: ArrayLike<number>,
    rows: Float64Array,
    count = rows.length / (this.variables + 1),
  ): LinearStatus {
    this.#take(objective, rows, count)
    this.verified = 'checked'
    this.pivots = 0
    this.farkasRow = -1
    this.#violated = -1
    const status = this.#simplex(objective)
    if (status !== null) return status
    return this.variables <= MOST_EXACT ? this.#exactly(objective, rows) : this.#undecided(objective)
  }

  #take(objective: ArrayLike<number>, rows: Float64Array, count: number): void {
    const width = this.variables + 1
    if (
      objective.length !== this.variables ||
      !(Number.isInteger(count) && count >= 0 && rows.length >= count * width)
    )
      throw new RangeError(
        `LinearSolver.solve: expected ${this.variables} numbers and rows of ${width}, got ${objective.length} and ${rows.length}`,
      )
    if (this.#scale.length < count) {
      this.#scaled = new Float64Array(2 * count * width)
      this.#scale = new Float64Array(2 * count)
    }
    this.#count = count
    for (let i = 0; i < count; i++) {
      let most = 0
      for (let j = i * width; j < (i + 1) * width - 1; j++) most = Math.max(most, Math.abs(rows[j]))
      const b = rows[(i + 1) * width - 1]
      if (!Number.isFinite(most) || !Number.isFinite(b))
        throw new RangeError(`LinearSolver.solve: expected finite numbers, got row ${i} with others`)
      const scale = most === 0 ? 1 : 2 ** -Math.max(-1000, Math.min(1000, Math.floor(Math.log2(most))))
      this.#scale[i] = scale
      for (let j = i * width; j < (i + 1) * width; j++) this.#scaled[j] = rows[j] * scale
    }
  }

  /** @returns null where float64 does not decide */
  #simplex(objective: ArrayLike<number>): LinearStatus | null {
    const n = this.variables
    const { basis, multipliers } = this
    this.#inverse.fill(0)
    for (let j = 0; j < n; j++) {
      // Upper bounds are −x + M ≥ 0, lower ones x + M ≥ 0: the objective's sign says which of them holds.
      const sign = objective[j] < 0 ? -1 : 1
      if (!Number.isFinite(objective[j]))
        throw new RangeError(`LinearSolver.solve: expected a finite objective, got ${objective[j]}`)
      basis[j] = sign > 0 ? -1 - 2 * j : -2 - 2 * j
      multipliers[j] = Math.abs(objective[j])
      this.#inverse[j * n + j] = sign
      this.#near[j] = 0
      this.#far[j] = -sign
    }
    const most = 40 + 10 * (n + this.#count)
    let isFresh = true
    for (;;) {
      const entering = this.#mostViolated()
      if (entering < 0) {
        if (isFresh) return this.#certified(objective)
        if (!this.#renew(objective)) return null
        isFresh = true
        continue
      }
      if (this.pivots++ > most) return null
      const leaving = this.#leaving(entering)
      if (leaving < 0) {
        if (!isFresh) {
          if (!this.#renew(objective)) return null
          isFresh = true
          continue
        }
        this.#violated = entering
        return this.#certifiedInfeasible(entering) ? 'infeasible' : null
      }
      this.#pivot(entering, leaving)
      isFresh = false
    }
  }

  #mostViolated(): number {
    const n = this.variables
    const [scaled, near, far] = [this.#scaled, this.#near, this.#far]
    let isFar = false
    for (let j = 0; j < n; j++) if (far[j] !== 0) isFar = true
    let [row, worst] = [-1, 0]
    let [farRow, worstFar] = [-1, 0]
    for (let i = 0, at = 0; i < this.#count; i++, at += n + 1) {
      let [value, size] = [scaled[at + n], Math.abs(scaled[at + n])]
      let [farValue, farSize] = [0, 0]
      for (let j = 0; j < n; j++) {
        const p = scaled[at + j] * near[j]
        value += p
        size += Math.abs(p)
        if (!isFar) continue
        const q = scaled[at + j] * far[j]
        farValue += q
        farSize += Math.abs(q)
      }
      // Only which row enters hangs on these shares, not what is said at the end.
      if (isFar && Math.abs(farValue) > 1e-11 * farSize) {
        if (farValue >= worstFar || this.#isBasic(i)) continue
        ;[farRow, worstFar] = [i, farValue]
        continue
      }
      if (value >= -1e-11 * size || value >= worst || this.#isBasic(i)) continue
      ;[row, worst] = [i, value]
    }
    return farRow >= 0 ? farRow : row
  }

  #isBasic(row: number): boolean {
    for (let k = 0; k < this.variables; k++) if (this.basis[k] === row) return true
    return false
  }

  /** The coefficients of a row in rows of the basis go to `#alpha`. */
  #coefficients(row: number): void {
    const n = this.variables
    const [scaled, inverse, alpha] = [this.#scaled, this.#inverse, this.#alpha]
    for (let k = 0; k < n; k++) {
      let sum = 0
      for (let j = 0; j < n; j++) sum += scaled[row * (n + 1) + j] * inverse[j * n + k]
      alpha[k] = sum
    }
  }

  #leaving(row: number): number {
    this.#coefficients(row)
    const alpha = this.#alpha
    let most = 0
    for (const x of alpha) most = Math.max(most, Math.abs(x))
    let [leaving, least] = [-1, Number.POSITIVE_INFINITY]
    for (let k = 0; k < this.variables; k++) {
      if (alpha[k] <= 1e-11 * most) continue
      const ratio = Math.max(0, this.multipliers[k]) / alpha[k]
      if (ratio < least || (ratio === least && alpha[k] > alpha[leaving])) [leaving, least] = [k, ratio]
    }
    return leaving
  }

  #pivot(entering: number, leaving: number): void {
    const n = this.variables
    const [inverse, alpha] = [this.#inverse, this.#alpha]
    const { multipliers } = this
    const t = Math.max(0, multipliers[leaving]) / alpha[leaving]
    for (let k = 0; k < n; k++) multipliers[k] -= t * alpha[k]
    multipliers[leaving] = t
    this.basis[leaving] = entering
    for (let j = 0; j < n; j++) {
      const own = inverse[j * n + leaving] / alpha[leaving]
      for (let k = 0; k < n; k++) inverse[j * n + k] -= own * alpha[k]
      inverse[j * n + leaving] = own
    }
    this.#points()
  }

  /** The point of the basis: its rows are 0 there, the bounds are M. */
  #points(): void {
    const n = this.variables
    const [inverse, scaled, near, far] = [this.#inverse, this.#scaled, this.#near, this.#far]
    near.fill(0)
    far.fill(0)
    for (let k = 0; k < n; k++) {
      const row = this.basis[k]
      if (row < 0) for (let j = 0; j < n; j++) far[j] -= inverse[j * n + k]
      else {
        const b = scaled[row * (n + 1) + n]
        for (let j = 0; j < n; j++) near[j] -= b * inverse[j * n + k]
      }
    }
  }

  /** Makes the inverse, the point and the multipliers anew from the rows of the basis. */
  #renew(objective: ArrayLike<number>): boolean {
    const n = this.variables
    const { basis, multipliers } = this
    const [matrix, work, inverse, scaled] = [this.#matrix, this.#work, this.#inverse, this.#scaled]
    matrix.fill(0)
    for (let k = 0; k < n; k++) {
      const row = basis[k]
      if (row < 0) matrix[k * n + ((-1 - row) >> 1)] = (-1 - row) % 2 === 0 ? 1 : -1
      else for (let j = 0; j < n; j++) matrix[k * n + j] = scaled[row * (n + 1) + j]
    }
    work.set(matrix)
    if (!invert(work, inverse, n, this.#pivotRow)) return false
    for (let k = 0; k < n; k++) {
      let sum = 0
      for (let j = 0; j < n; j++) sum += objective[j] * inverse[j * n + k]
      multipliers[k] = sum
    }
    this.#points()
    return true
  }

  /** |I − left · right| with its rounding, of the matrix and its inverse in one order or the other. */
  #measure(left = this.#inverse, right = this.#matrix): void {
    const [n, deviation] = [this.variables, this.#deviation]
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        let [sum, size] = [i === j ? -1 : 0, i === j ? 1 : 0]
        for (let k = 0; k < n; k++) {
          const p = left[i * n + k] * right[k * n + j]
          sum += p
          size += Math.abs(p)
        }
        deviation[i * n + j] = Math.abs(sum) + (n + 3) * ROUNDING * size
      }
  }

  /** Enlarges a bound until bound ≥ deviation · bound + what it was. @returns false where that does not end */
  #close(bound: Float64Array, isTransposed: boolean): boolean {
    const n = this.variables
    const [deviation, start] = [this.#deviation, this.#work]
    for (let j = 0; j < n; j++) start[j] = bound[j]
    for (let round = 0; round < 4; round++) {
      let isClosed = true
      for (let i = 0; i < n; i++) {
        let sum = start[i]
        for (let j = 0; j < n; j++)
          sum += (isTransposed ? deviation[j * n + i] : deviation[i * n + j]) * bound[j]
        if (sum > bound[i]) isClosed = false
        this.#work[n + i] = sum
      }
      if (isClosed) return true
      for (let i = 0; i < n; i++) bound[i] = 1.01 * start[n + i]
    }
    return false
  }

  #certified(objective: ArrayLike<number>): LinearStatus | null {
    // The first basis of all is of bounds alone, and has never been made anew.
    if (!this.#renew(objective)) return null
    this.#measure()
    if (!this.#multipliersHold(objective)) return null
    return this.#rowsHold(objective)
  }

  /** Whether all multipliers are certainly above 0; a bound's may be 0 only where it is so for certain. */
  #multipliersHold(objective: ArrayLike<number>): boolean {
    const n = this.variables
    const [matrix, inverse, bound] = [this.#matrix, this.#inverse, this.#bound]
    const { multipliers } = this
    // Of the error e of λ only e B = ρ is known, ρ what c − λ B is: e = ρ C + e (I − B C), with C the inverse as it is.
    const residual = this.#alpha
    for (let j = 0; j < n; j++) {
      let [sum, size] = [-objective[j], Math.abs(objective[j])]
      for (let k = 0; k < n; k++) {
        const p = multipliers[k] * matrix[k * n + j]
        sum += p
        size += Math.abs(p)
      }
      residual[j] = Math.abs(sum) + (n + 3) * ROUNDING * size
    }
    for (let k = 0; k < n; k++) {
      let sum = 0
      for (let j = 0; j < n; j++) sum += residual[j] * Math.abs(inverse[j * n + k])
      bound[k] = 1.01 * sum
    }
    if (!this.#closeRows(bound)) return false
    for (let k = 0; k < n; k++) if (!(multipliers[k] > bound[k])) return false
    return true
  }

  /** As `#close`, for e ≤ start + e · |I − B C|. */
  #closeRows(bound: Float64Array): boolean {
    this.#measure(this.#matrix, this.#inverse)
    const isClosed = this.#close(bound, true)
    this.#measure()
    return isClosed
  }

  #rowsHold(objective: ArrayLike<number>): LinearStatus | null {
    const n = this.variables
    const [scaled, near, far] = [this.#scaled, this.#near, this.#far]
    const [nearBound, farBound] = [this.#nearBound, this.#farBound]
    if (!this.#pointBound(near, nearBound, false) || !this.#pointBound(far, farBound, true)) return null
    let isFar = false
    for (let j = 0; j < n; j++) if (far[j] !== 0) isFar = true
    for (let i = 0, at = 0; i < this.#count; i++, at += n + 1) {
      if (this.#isBasic(i)) continue
      if (isFar) {
        const value = this.#rowAt(at, far, farBound, 0)
        if (value > this.#rowBound) continue
        if (value < -this.#rowBound || this.#rowBound > 0) return null
      }
      const value = this.#rowAt(at, near, nearBound, scaled[at + n])
      if (!(value > this.#rowBound) && !(value === 0 && this.#rowBound === 0)) return null
    }
    // All multipliers are above 0: a bound among the rows means that the objective falls for ever.
    if (this.basis.some((row) => row < 0)) {
      if (!isFar) return null
      this.direction.set(far)
      this.value = Number.NEGATIVE_INFINITY
      return 'unbounded'
    }
    return this.#optimal(objective)
  }

  #optimal(objective: ArrayLike<number>): LinearStatus {
    this.x.set(this.#near)
    this.value = 0
    for (let j = 0; j < this.variables; j++) this.value += objective[j] * this.x[j]
    for (let k = 0; k < this.variables; k++) {
      const row = this.basis[k]
      if (row >= 0) this.multipliers[k] *= this.#scale[row]
    }
    return 'optimal'
  }

  #rowBound = 0
  /** The row that says that there is no point, where float64 ended so. */
  #violated = -1

  #rowAt(at: number, x: Float64Array, bound: Float64Array, b: number): number {
    const n = this.variables
    const scaled = this.#scaled
    let [value, size, error] = [b, Math.abs(b), 0]
    for (let j = 0; j < n; j++) {
      const p = scaled[at + j] * x[j]
      value += p
      size += Math.abs(p)
      error += Math.abs(scaled[at + j]) * bound[j]
    }
    this.#rowBound = 1.01 * (error + (n + 3) * ROUNDING * size)
    return value
  }

  /** How far a solution of B x = r is off at most. */
  #pointBound(x: Float64Array, bound: Float64Array, isFar: boolean): boolean {
    const n = this.variables
    const [matrix, inverse, scaled, residual] = [this.#matrix, this.#inverse, this.#scaled, this.#alpha]
    for (let k = 0; k < n; k++) {
      const row = this.basis[k]
      const right = row < 0 ? (isFar ? 1 : 0) : isFar ? 0 : scaled[row * (n + 1) + n]
      let [sum, size] = [right, Math.abs(right)]
      for (let j = 0; j < n; j++) {
        const p = matrix[k * n + j] * x[j]
        sum += p
        size += Math.abs(p)
      }
      residual[k] = Math.abs(sum) + (n + 3) * ROUNDING * size
    }
    for (let j = 0; j < n; j++) {
      let sum = 0
      for (let k = 0; k < n; k++) sum += Math.abs(inverse[j * n + k]) * residual[k]
      bound[j] = 1.01 * sum
    }
    return this.#close(bound, false)
  }

  /** Whether no coefficient of the row is above 0, and its value at the basis' point is below 0, both for certain. */
  #certifiedInfeasible(row: number): boolean {
    const n = this.variables
    this.#measure()
    const at = row * (n + 1)
    this.#coefficients(row)
    const alpha = Float64Array.from(this.#alpha)
    const [matrix, inverse, bound, scaled] = [this.#matrix, this.#inverse, this.#bound, this.#scaled]
    for (let k = 0; k < n; k++) bound[k] = 0
    for (let j = 0; j < n; j++) {
      let [sum, size] = [-scaled[at + j], Math.abs(scaled[at + j])]
      for (let k = 0; k < n; k++) {
        const p = alpha[k] * matrix[k * n + j]
        sum += p
        size += Math.abs(p)
      }
      const residual = Math.abs(sum) + (n + 3) * ROUNDING * size
      for (let k = 0; k < n; k++) bound[k] += 1.01 * residual * Math.abs(inverse[j * n + k])
    }
    if (!this.#closeRows(bound)) return false
    for (let k = 0; k < n; k++) if (!(alpha[k] < -bound[k]) || this.basis[k] < 0) return false
    if (!this.#pointBound(this.#near, this.#nearBound, false)) return false
    if (!(this.#rowAt(at, this.#near, this.#nearBound, scaled[at + n]) < -this.#rowBound)) return false
    this.farkasRow = row
    for (let k = 0; k < n; k++)
      this.multipliers[k] = (-alpha[k] * this.#scale[this.basis[k]]) / this.#scale[row]
    return true
  }

  /** What the last basis says, its numbers taken as they are. */
  #undecided(objective: ArrayLike<number>): LinearStatus {
    this.verified = 'float'
    let size = 0
    for (let j = 0; j < this.variables; j++) size = Math.max(size, Math.abs(objective[j]))
    if (this.#violated >= 0) {
      this.farkasRow = this.#violated
      return 'infeasible'
    }
    const falls = this.basis.some((row, k) => row < 0 && this.multipliers[k] > 1e-9 * size)
    if (!falls) return this.#optimal(objective)
    this.direction.set(this.#far)
    this.value = Number.NEGATIVE_INFINITY
    return 'unbounded'
  }

  #exactly(objective: ArrayLike<number>, rows: Float64Array): LinearStatus {
    this.verified = 'exact'
    const exact = new ExactBasis(objective, rows, this.#count)
    const status = exact.solve(this.basis)
    this.basis.set(exact.basis)
    this.multipliers.set(exact.multipliers)
    this.farkasRow = exact.farkasRow
    this.value = exact.value
    if (status === 'optimal') this.x.set(exact.x)
    if (status === 'unbounded') this.direction.set(exact.x)
    return status
  }
}
