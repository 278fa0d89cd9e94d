import { type Content, checkedAs, type Flag } from '../fields/field.ts'
import { nonNegativeNumber, oneOf } from '../fields/fields.ts'
import { asNumber } from '../fields/read-text.ts'
import { type ObjectiveName, objectiveNames } from '../objectives.ts'

/** A number for all objectives that take it, and for single ones. */
export interface ByObjective {
  readonly all?: number
  readonly byName: Readonly<Partial<Record<ObjectiveName, number>>>
}

const objective = oneOf(objectiveNames)

/** Reads `0.1`, or `contractive=0.1` for one objective; given again, it adds to what was said before. */
export const byObjective =
  (field: string): NonNullable<Flag['into']> =>
  (text, before): Content => {
    const said = (before[field] as ByObjective | undefined) ?? { byName: {} }
    const at = text.indexOf('=')
    const number = checkedAs(field, nonNegativeNumber, asNumber(text.slice(at + 1)))
    if (at < 0) return { ...before, [field]: { ...said, all: number } }
    const name = checkedAs(field, objective, text.slice(0, at))
    return { ...before, [field]: { ...said, byName: { ...said.byName, [name]: number } } }
  }
