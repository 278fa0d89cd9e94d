import { type Explorer, exactRowOf } from './explorer.ts'
import type { GroupPlan } from './group-plan.ts'
import { Path, ROUNDING } from './path.ts'

/**
 * The code just behind a facet: built group by group, as a one-sided code is (docs/mathematics.md 3.2). Units whose form is not 0 on the facet keep
 * their states. The form of the others behind it is a multiple of the wall's, whose sign is that at a ray off the facet, reversed.
 */
export class Beyond {
  readonly #explorer: Explorer
  #far: Path | undefined

  constructor(explorer: Explorer) {
    this.#explorer = explorer
  }

  /** Whether no form vanishes on the cell, so that behind a wall of one row one unit alone changes. */
  isPlain(): boolean {
    const { plan, path, vanishes } = this.#explorer
    for (const { kind, firstRow, firstUnit, units, states, places } of plan.groups)
      if (kind === 'sign') {
        for (let u = 0; u < units; u++) if (vanishes[firstRow + u] === 1) return false
      } else
        for (let u = 0; u < units; u++)
          for (let m = 0; m < states; m++) {
            const k = u * states + m
            if (places![k] >= 0 && m !== path.states[firstUnit + u] && vanishes[firstRow + k] === 1)
              return false
          }
    return true
  }

  /**
   * @param rows those of the facet, none of them the domain's
   * @param off a ray of the cell that is not on the facet
   * @param states [units]: those of the cell, and afterwards those behind the facet
   */
  cross(rows: readonly number[], off: number, isPlain: boolean, states: Int32Array): void {
    if (isPlain && rows.length === 1) {
      const { group, unit, candidate } = this.#explorer.unitOf(rows[0])
      const u = group.firstUnit + unit
      states[u] = group.kind === 'sign' ? 1 - states[u] : candidate
      return
    }
    const { plan, vanishes } = this.#explorer
    this.#far ??= new Path(plan)
    const far = this.#far
    far.states.set(states)
    const isOn = (row: number) => vanishes[row] === 1 || rows.includes(row)
    for (const group of plan.groups) {
      far.enter(group)
      const { firstRow, firstUnit, units, places } = group
      for (let u = 0; u < units; u++) {
        if (group.kind === 'sign') {
          if (isOn(firstRow + u)) far.states[firstUnit + u] = this.#sign(far, group, u, 0, 0, off) < 0 ? 1 : 0
          continue
        }
        const state = states[firstUnit + u]
        let best = -1
        for (let m = 0; m < group.states; m++) {
          const k = u * group.states + m
          if (places![k] < 0 || (m !== state && !isOn(firstRow + k))) continue
          if (best < 0 || this.#sign(far, group, u, best, m, off) > 0) best = m
        }
        far.states[firstUnit + u] = best
      }
    }
    states.set(far.states)
  }

  /** The sign at a ray of a unit's form, or of what one of its candidates is above another. */
  #sign(far: Path, group: GroupPlan, unit: number, state: number, candidate: number, ray: number): number {
    const { rays, spareRow } = this.#explorer
    const { width, forms, sizes, roundings } = far
    const { rows, rowErrors } = rays
    const [form, size] = [forms[group.from], sizes[group.from]]
    const share = 1.01 * (roundings[group.from] + 1) * ROUNDING
    const at = spareRow * width
    const first = unit * group.states
    const own = (group.kind === 'sign' ? unit : group.places![first + state]) * width
    const other = group.kind === 'sign' ? -1 : group.places![first + candidate] * width
    for (let j = 0; j < width; j++) {
      rows[at + j] = other < 0 ? form[own + j] : form[own + j] - form[other + j]
      rowErrors[at + j] = share * (other < 0 ? size[own + j] : size[own + j] + size[other + j])
    }
    this.#explorer.spareForm = () => exactRowOf(far, group, unit, state, candidate)
    return rays.sign(spareRow, ray)
  }
}
