import { ABOVE, type LineAffineForms, ROUNDING, TINY } from './line-affine.ts'
import type { LineAffine, LineProgram } from './line-program.ts'
import type { LineSlot } from './line-slot.ts'

/**
 * Bounds of the errors of single numbers, far below those that slots carry. On a region everything is linear, so that an error made at a number
 * reaches another times the derivative between them: a pass backwards, with what each number rounds by itself. Bounds that are carried
 * forward grow by the sums of |weights| instead, 4 to 9 times a layer of 64 to 512 units.
 */
export class TightBound {
  readonly #plan: LineProgram
  readonly #slots: readonly LineSlot[]
  readonly #affine: ReadonlyMap<LineAffine, LineAffineForms>
  readonly #states: readonly Int32Array[]
  /** ∂ of what is asked for by the numbers of each slot, and how far that may be off. */
  readonly #by: readonly Float64Array[]
  readonly #off: readonly Float64Array[]

  constructor(
    plan: LineProgram,
    slots: readonly LineSlot[],
    affine: ReadonlyMap<LineAffine, LineAffineForms>,
    states: readonly Int32Array[],
  ) {
    this.#plan = plan
    this.#slots = slots
    this.#affine = affine
    this.#states = states
    this.#by = slots.map(({ size }) => new Float64Array(size))
    this.#off = slots.map(({ size }) => new Float64Array(size))
  }

  /** How far the number of a place, less that of another, may be off at either end of the line. */
  of(slot: number, place: number, other?: number): number {
    for (const by of this.#by) by.fill(0)
    for (const off of this.#off) off.fill(0)
    this.#by[slot][place] = 1
    if (other !== undefined) this.#by[slot][other] -= 1
    let total = 0
    const { steps } = this.#plan
    for (let i = steps.length - 1; i >= 0; i--) {
      const step = steps[i]
      if (step.to > slot) continue
      if (step.kind === 'affine') total += this.#throughAffine(step)
      else if (step.kind === 'sum') {
        total += this.#throughCopies(step.to, step.a, 2 * ROUNDING)
        this.#throughCopies(step.to, step.b, 0)
      } else total += this.#throughChoice(step)
    }
    return total * ABOVE
  }

  #throughAffine(step: LineAffine): number {
    const [by, off] = [this.#by[step.to], this.#off[step.to]]
    const [fromBy, fromOff] = [this.#by[step.from], this.#off[step.from]]
    const { matrix, isFixed } = step
    const { error } = this.#slots[step.to]
    const forms = this.#affine.get(step)!
    const unit = (by.length + 3) * ROUNDING
    let total = 0
    for (let i = 0; i < by.length; i++) {
      const [d, o] = [by[i], off[i]]
      if (d === 0 && o === 0) continue
      const most = Math.abs(d) + o
      total += most * (isFixed ? error[i] : forms.ownError(i))
      if (isFixed) continue
      if (matrix === null) {
        fromBy[i] += d
        fromOff[i] += (o + 2 * ROUNDING * Math.abs(d)) * ABOVE
        continue
      }
      const bound = (o + unit * Math.abs(d)) * ABOVE
      for (let k = matrix.start[i]; k < matrix.start[i + 1]; k++) {
        const w = matrix.value[k]
        fromBy[matrix.column[k]] += w * d
        fromOff[matrix.column[k]] += Math.abs(w) * bound + TINY
      }
    }
    return total
  }

  #throughCopies(to: number, from: number, rounding: number): number {
    const { at0, at1 } = this.#slots[to]
    let total = 0
    for (let i = 0; i < at0.length; i++) {
      const d = this.#by[to][i]
      total += (Math.abs(d) + this.#off[to][i]) * rounding * Math.max(Math.abs(at0[i]), Math.abs(at1[i]))
      this.#by[from][i] += d
      this.#off[from][i] += (this.#off[to][i] + 2 * ROUNDING * Math.abs(d)) * ABOVE
    }
    return total
  }

  #throughChoice(step: Exclude<LineProgram['steps'][number], { kind: 'affine' | 'sum' }>): number {
    const [by, off] = [this.#by[step.to], this.#off[step.to]]
    const [fromBy, fromOff] = [this.#by[step.from], this.#off[step.from]]
    const { at0, at1 } = this.#slots[step.to]
    const states = this.#states[step.group]
    let total = 0
    for (let unit = 0; unit < by.length; unit++) {
      const [d, o] = [by[unit], off[unit]]
      if (d === 0 && o === 0) continue
      const isDown = step.kind === 'sign' && states[unit] === 0
      const slope = isDown ? step.slope : 1
      if (slope === 0) continue
      const size = Math.abs(slope)
      if (size !== 1)
        total +=
          (Math.abs(d) + o) * (2 * ROUNDING * Math.max(Math.abs(at0[unit]), Math.abs(at1[unit])) + TINY)
      const from = step.kind === 'sign' ? unit : step.places[unit * step.states + states[unit]]
      fromBy[from] += slope * d
      fromOff[from] += (size * o + 3 * ROUNDING * size * Math.abs(d)) * ABOVE + TINY
    }
    return total
  }
}
