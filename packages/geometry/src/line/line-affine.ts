import type { LineAffine } from './line-program.ts'
import type { LineSlot } from './line-slot.ts'

/** Half the distance from 1 to the next number: no operation rounds by more, relative to its result. */
export const ROUNDING = 2 ** -53
/** Products that vanish lose less. */
export const TINY = 2 ** -1070
/** Bounds are sums of rounded numbers too, of some thousand terms at most. */
export const ABOVE = 1 + 2 ** -36
/** Columns that are summed apart: with 512 of them, sums round 48 times at most and not 512 times. */
const BLOCK = 16

/** A linear map and a bias along a line. Recomputes what a change of a few numbers did, or everything where that is as cheap. */
export class LineAffineForms {
  readonly #step: LineAffine
  readonly #from: LineSlot
  readonly #to: LineSlot
  /** Columns added since all was computed: every one adds to the bounds. */
  #debt = 0
  /** What a sum of terms rounds by, relative to the sum of their sizes, as all was computed. */
  #unit = 0
  /** What additions since then have rounded by. */
  readonly #added: Float64Array
  /** What `ownError` has found since all was computed or something added; -1 where nobody has asked. */
  readonly #own: Float64Array

  constructor(step: LineAffine, from: LineSlot, to: LineSlot) {
    this.#step = step
    this.#from = from
    this.#to = to
    this.#added = new Float64Array(to.size)
    this.#own = new Float64Array(to.size)
  }

  /** What a number is off by its own rounding, those that it was computed from being taken as they are. */
  ownError(i: number): number {
    const { matrix, bias } = this.#step
    const { at0, at1 } = this.#to
    if (matrix === null)
      return bias === null ? 0 : ROUNDING * Math.max(Math.abs(at0[i]), Math.abs(at1[i])) * ABOVE
    if (this.#own[i] >= 0) return this.#own[i]
    const from = this.#from
    let sum = bias === null ? 0 : Math.abs(bias[i])
    for (let k = matrix.start[i]; k < matrix.start[i + 1]; k++) {
      const j = matrix.column[k]
      sum += Math.abs(matrix.value[k]) * Math.max(Math.abs(from.at0[j]), Math.abs(from.at1[j]))
    }
    const vanished = (matrix.start[i + 1] - matrix.start[i]) * TINY
    this.#own[i] = (this.#unit * sum + this.#added[i] + vanished) * ABOVE
    return this.#own[i]
  }

  /** The forms anew. */
  refresh(): void {
    const { byColumn, isDense, isFixed } = this.#step
    this.#debt = 0
    this.#added.fill(0)
    this.#own.fill(-1)
    this.#to.isNew = true
    if (byColumn === null) this.#shift()
    else if (isFixed) this.#fixed()
    else if (isDense) this.#dense()
    else this.#sparse()
  }

  update(): void {
    const from = this.#from
    if (from.count === 0 && !from.isNew) return
    if (from.isNew) {
      this.refresh()
      return
    }
    if (this.#step.byColumn === null) {
      for (let k = 0; k < from.count; k++) this.#shiftAt(from.changed[k])
      return
    }
    this.#debt += from.count
    if (from.count > 4 + from.size / 8 || this.#debt > 16 + from.size / 2) this.refresh()
    else this.#add()
  }

  #shift(): void {
    for (let i = 0; i < this.#to.size; i++) this.#shiftAt(i)
  }

  #shiftAt(i: number): void {
    const { at0, at1, error } = this.#from
    const b = this.#step.bias?.[i] ?? 0
    const [x0, x1] = [at0[i] + b, at1[i] + b]
    const rounding = this.#step.bias === null ? 0 : ROUNDING * Math.max(Math.abs(x0), Math.abs(x1))
    this.#to.set(i, x0, x1, (error[i] + rounding) * ABOVE)
  }

  /** What the changed numbers contribute more than before. */
  #add(): void {
    const from = this.#from
    const to = this.#to
    const added = this.#added
    this.#own.fill(-1)
    const { start, column: row, value } = this.#step.byColumn!
    for (let k = 0; k < from.count; k++) {
      const j = from.changed[k]
      const d0 = from.at0[j] - from.old0[j]
      const d1 = from.at1[j] - from.old1[j]
      const most = Math.max(Math.abs(d0), Math.abs(d1))
      const bound = (from.error[j] + from.oldError[j] + 3 * ROUNDING * most) * ABOVE
      const before = Math.max(Math.abs(from.old0[j]), Math.abs(from.old1[j]))
      const own = (3 * ROUNDING * most + this.#unit * before) * ABOVE
      for (let n = start[j]; n < start[j + 1]; n++) {
        const i = row[n]
        const w = value[n]
        to.touch(i)
        const x0 = to.at0[i] + w * d0
        const x1 = to.at1[i] + w * d1
        to.at0[i] = x0
        to.at1[i] = x1
        const rounding = ROUNDING * Math.max(Math.abs(x0), Math.abs(x1)) + TINY
        to.error[i] = (to.error[i] + Math.abs(w) * bound + rounding) * ABOVE
        added[i] = (added[i] + Math.abs(w) * own + rounding) * ABOVE
      }
    }
  }

  #sparse(): void {
    const { byColumn, terms } = this.#step
    const from = this.#from
    const { at0, at1, error } = this.#to
    const { start, column: row, value } = byColumn!
    const unit = (terms + 3) * ROUNDING
    this.#begin(unit)
    for (let j = 0; j < from.size; j++) {
      const x0 = from.at0[j]
      const x1 = from.at1[j]
      if (x0 === 0 && x1 === 0 && from.error[j] === 0) continue
      const bound = (from.error[j] + unit * Math.max(Math.abs(x0), Math.abs(x1))) * ABOVE
      for (let n = start[j]; n < start[j + 1]; n++) {
        const i = row[n]
        const w = value[n]
        at0[i] += w * x0
        at1[i] += w * x1
        error[i] += Math.abs(w) * bound + TINY
      }
    }
  }

  #dense(): void {
    const from = this.#from
    const { at0, at1, error, old0, old1, size } = this.#to
    const { value } = this.#step.byColumn!
    let active = 0
    for (let j = 0; j < from.size; j++)
      if (from.at0[j] !== 0 || from.at1[j] !== 0 || from.error[j] !== 0) active++
    const unit = (Math.min(active, BLOCK) + Math.ceil(active / BLOCK) + 3) * ROUNDING
    this.#begin(unit)
    // What is old is not kept where all is new: its place serves for the sums of a block.
    const sum0 = old0.fill(0)
    const sum1 = old1.fill(0)
    let inBlock = 0
    for (let j = 0; j < from.size; j++) {
      const x0 = from.at0[j]
      const x1 = from.at1[j]
      if (x0 === 0 && x1 === 0 && from.error[j] === 0) continue
      const bound = (from.error[j] + unit * Math.max(Math.abs(x0), Math.abs(x1))) * ABOVE
      const column = j * size
      for (let i = 0; i < size; i++) {
        const w = value[column + i]
        sum0[i] += w * x0
        sum1[i] += w * x1
        error[i] += Math.abs(w) * bound + TINY
      }
      if (++inBlock < BLOCK) continue
      for (let i = 0; i < size; i++) {
        at0[i] += sum0[i]
        at1[i] += sum1[i]
      }
      sum0.fill(0)
      sum1.fill(0)
      inBlock = 0
    }
    if (inBlock > 0)
      for (let i = 0; i < size; i++) {
        at0[i] += sum0[i]
        at1[i] += sum1[i]
      }
  }

  /** Before any unit chooses the forms stay: sums with their rounding errors, once for the whole line, tell more roots from each other later. */
  #fixed(): void {
    const from = this.#from
    const { at0, at1, error, old0, old1, size } = this.#to
    const { start, column: row, value } = this.#step.byColumn!
    const terms = this.#step.terms + 3
    // Sums of the errors of n terms, each as large as its rounding, rounded n times.
    const unit = 2 * (terms * ROUNDING) ** 2
    this.#begin(0)
    const rest0 = old0.fill(0)
    const rest1 = old1.fill(0)
    for (let j = 0; j < from.size; j++) {
      const x0 = from.at0[j]
      const x1 = from.at1[j]
      if (x0 === 0 && x1 === 0 && from.error[j] === 0) continue
      const bound = (from.error[j] + unit * Math.max(Math.abs(x0), Math.abs(x1))) * ABOVE
      for (let n = start[j]; n < start[j + 1]; n++) {
        const i = row[n]
        const w = value[n]
        at0[i] = summed(at0[i], w, x0, rest0, i)
        at1[i] = summed(at1[i], w, x1, rest1, i)
        error[i] += Math.abs(w) * bound + TINY
      }
    }
    const bias = this.#step.bias
    for (let i = 0; i < size; i++) {
      error[i] += unit * Math.abs(bias?.[i] ?? 0)
      at0[i] += rest0[i]
      at1[i] += rest1[i]
      error[i] = (error[i] + ROUNDING * Math.max(Math.abs(at0[i]), Math.abs(at1[i]))) * ABOVE
    }
  }

  #begin(unit: number): void {
    this.#unit = unit
    const { bias } = this.#step
    const { at0, at1, error, size } = this.#to
    for (let i = 0; i < size; i++) {
      const b = bias === null ? 0 : bias[i]
      at0[i] = b
      at1[i] = b
      error[i] = unit * Math.abs(b)
    }
  }
}

const SPLIT = 2 ** 27 + 1

/** sum + a b, rounded; what rounding lost goes into the rest (Ogita, Rump, Oishi 2005, Dot2). */
function summed(sum: number, a: number, b: number, rest: Float64Array, i: number): number {
  const product = a * b
  const [bigA, bigB] = [SPLIT * a, SPLIT * b]
  const highA = bigA - (bigA - a)
  const highB = bigB - (bigB - b)
  const [lowA, lowB] = [a - highA, b - highB]
  const lost = lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB)
  const total = sum + product
  const part = total - sum
  rest[i] += lost + (sum - (total - part) + (product - part))
  return total
}
