import {
  type AffineStep,
  isChoice,
  type LargestStep,
  type Program,
  type SignStep,
} from '../program/program.ts'
import type { Cell } from './cell.ts'
import type { Explorer } from './explorer.ts'
import type { GroupPlan } from './group-plan.ts'
import type { Rays } from './rays.ts'

/** Sums of float64 in a program of any usual depth are right to this share of the sizes of their terms. */
const SHARE = 1e-12

/** The size of a ray's number, with its error as a size that has it as its share. */
const reachOf = ({ values, errors }: Rays, at: number): number => Math.abs(values[at]) + errors[at] / SHARE

/**
 * Whether the mark of a plan can have both signs on a cell, from bounds at its rays: if every ray's value of a number is within [lower, upper], so is a sum of rays
 * with factors ≥ 0, with the same factors. Linear maps keep such bounds; a convex piece is at most what it is at each ray, and at least each of its own
 * lines, of which one is chosen for all rays.
 */
export class Reach {
  readonly #explorer: Explorer
  readonly #program: Program
  /** Of each slot: [size × rays]. */
  readonly #lower: Float64Array[]
  readonly #upper: Float64Array[]
  readonly #size: Float64Array[]
  #room = 0
  #count = 0

  /** @param explorer of a plan with a mark, which is what is looked at */
  constructor(explorer: Explorer) {
    this.#explorer = explorer
    this.#program = explorer.plan.program
    this.#lower = this.#program.sizes.map(() => new Float64Array(0))
    this.#upper = this.#program.sizes.map(() => new Float64Array(0))
    this.#size = this.#program.sizes.map(() => new Float64Array(0))
  }

  /** @returns false only where the mark is above 0 on all of the cell's interior, or below. */
  canReach(group: GroupPlan, known: number, cell: Cell): boolean {
    if (cell.lines.length > 0) return true
    const { steps, sizes } = this.#program
    const { from: output, index: last } = this.#explorer.plan.mark!
    this.#count = cell.count
    if (cell.count > this.#room) {
      this.#room = cell.count * 2
      for (const numbers of [this.#lower, this.#upper, this.#size])
        for (const [slot, size] of sizes.entries()) numbers[slot] = new Float64Array(size * this.#room)
    }
    const made = new Set<number>()
    const need = (slot: number) => {
      if (made.has(slot)) return
      made.add(slot)
      this.#fromForms(slot, cell)
    }
    const first = steps.findIndex((step) => isChoice(step) && step.group === group.index)
    for (const step of steps.slice(first)) {
      if (isChoice(step) && step.group === last) break
      if (step.kind === 'sum') {
        need(step.a)
        need(step.b)
        this.#sum(step.a, step.b, step.to)
      } else {
        need(step.from)
        if (step.kind === 'affine') this.#affine(step, cell)
        else if (step.kind === 'sign') this.#sign(step, step.group === group.index ? known : 0)
        else this.#largest(step, step.group === group.index ? known : 0)
      }
      made.add(step.to)
    }
    need(output)
    return !this.#isClear(output, cell)
  }

  #isClear(slot: number, cell: Cell): boolean {
    let [isAbove, isBelow, isStrict] = [true, true, false]
    for (let k = 0; k < cell.count; k++) {
      const slack = SHARE * this.#size[slot][k]
      const [low, high] = [this.#lower[slot][k], this.#upper[slot][k]]
      if (slack === 0 ? low < 0 : low <= slack) isAbove = false
      if (slack === 0 ? high > 0 : high >= -slack) isBelow = false
      if (low > slack || high < -slack) isStrict = true
    }
    return isStrict && (isAbove || isBelow)
  }

  #fromForms(slot: number, cell: Cell): void {
    const { path, rays } = this.#explorer
    const { width } = rays
    const [form, formSize] = [path.forms[slot], path.sizes[slot]]
    for (let i = 0, at = 0; i < this.#program.sizes[slot]; i++)
      for (let k = 0; k < cell.count; k++, at++) {
        const from = cell.rays[k] * width
        let [value, size] = [0, 0]
        for (let j = 0; j < width; j++) {
          value += form[i * width + j] * rays.values[from + j]
          size += formSize[i * width + j] * reachOf(rays, from + j)
        }
        this.#lower[slot][at] = value
        this.#upper[slot][at] = value
        this.#size[slot][at] = size
      }
  }

  #sum(a: number, b: number, to: number): void {
    for (const numbers of [this.#lower, this.#upper, this.#size])
      for (let i = 0; i < this.#program.sizes[to] * this.#count; i++)
        numbers[to][i] = numbers[a][i] + numbers[b][i]
  }

  #affine(step: AffineStep, cell: Cell): void {
    const { rays } = this.#explorer
    const count = this.#count
    const [low, high, size] = [this.#lower, this.#upper, this.#size]
    const { from, to, matrix, bias } = step
    for (let i = 0; i < this.#program.sizes[to]; i++) {
      for (let k = 0; k < count; k++) {
        const at = i * count + k
        const w = bias === null ? 0 : bias[i] * rays.values[(cell.rays[k] + 1) * rays.width - 1]
        low[to][at] = w + (matrix === null ? low[from][at] : 0)
        high[to][at] = w + (matrix === null ? high[from][at] : 0)
        const wSize =
          bias === null ? 0 : Math.abs(bias[i]) * reachOf(rays, (cell.rays[k] + 1) * rays.width - 1)
        size[to][at] = wSize + (matrix === null ? size[from][at] : 0)
      }
      if (matrix === null) continue
      for (let e = matrix.start[i]; e < matrix.start[i + 1]; e++) {
        const weight = matrix.value[e]
        const [lower, upper] = weight > 0 ? [low[from], high[from]] : [high[from], low[from]]
        for (let k = 0; k < count; k++) {
          const other = matrix.column[e] * count + k
          low[to][i * count + k] += weight * lower[other]
          high[to][i * count + k] += weight * upper[other]
          size[to][i * count + k] += Math.abs(weight) * size[from][other]
        }
      }
    }
  }

  #sign(step: SignStep, known: number): void {
    const count = this.#count
    const { states } = this.#explorer.path
    const { firstUnit } = this.#explorer.plan.groups[step.group]
    const { from, to, slope } = step
    const [low, high] = [this.#lower, this.#upper]
    for (let u = 0; u < this.#program.sizes[to]; u++) {
      let [up, down] = [0, 0]
      for (let k = u * count; k < (u + 1) * count; k++) {
        up += Math.max(0, high[from][k])
        down += Math.max(0, -low[from][k])
      }
      const state = u < known ? states[firstUnit + u] : down === 0 ? 1 : up === 0 ? 0 : -1
      // A convex piece lies above both of its lines, a concave one (slope above 1) below: the better one on the whole.
      const line = state === 1 || (state < 0 && up > down) ? 1 : slope
      for (let k = u * count; k < (u + 1) * count; k++) {
        const [a, b] = [low[from][k], high[from][k]]
        this.#size[to][k] = Math.max(1, Math.abs(slope)) * this.#size[from][k]
        const [least, most] = line < 0 ? [line * b, line * a] : [line * a, line * b]
        low[to][k] = least
        high[to][k] = most
        if (state >= 0) continue
        const ends = [a > 0 ? a : slope * a, b > 0 ? b : slope * b]
        if (slope <= 1) high[to][k] = Math.max(...ends)
        else low[to][k] = Math.min(...ends)
      }
    }
  }

  #largest(step: LargestStep, known: number): void {
    const count = this.#count
    const { states } = this.#explorer.path
    const { firstUnit } = this.#explorer.plan.groups[step.group]
    const { from, to, places } = step
    for (let u = 0; u < this.#program.sizes[to]; u++) {
      const own = Array.from(places.subarray(u * step.states, (u + 1) * step.states)).filter(
        (place) => place >= 0,
      )
      const total = (place: number) => {
        let sum = 0
        for (let k = 0; k < count; k++) sum += this.#lower[from][place * count + k]
        return sum
      }
      const chosen =
        u < known
          ? [places[u * step.states + states[firstUnit + u]]]
          : [own.reduce((best, place) => (total(place) > total(best) ? place : best))]
      const all = u < known ? chosen : own
      for (let k = 0; k < count; k++) {
        const at = u * count + k
        this.#lower[to][at] = this.#lower[from][chosen[0] * count + k]
        this.#upper[to][at] = Math.max(...all.map((place) => this.#upper[from][place * count + k]))
        this.#size[to][at] = Math.max(...all.map((place) => this.#size[from][place * count + k]))
      }
    }
  }
}
