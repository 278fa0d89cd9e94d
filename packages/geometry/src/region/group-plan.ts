import type { Program, Slot, Step } from '../program/program.ts'

/** A group of units that choose among states, and what has to run before it is known what they choose among. */
export interface GroupPlan {
  readonly index: number
  readonly kind: 'sign' | 'largest'
  /** Where its pre-activations, or the candidates of its windows, stand. */
  readonly from: Slot
  readonly units: number
  readonly states: number
  /** Of windows: as in `LargestStep`. */
  readonly places: Int32Array | null
  /** What its first unit is called: 0, and the one unit of a level set the index of its output. */
  readonly firstName: number
  /** Its first unit among those of all groups. */
  readonly firstUnit: number
  /** Its first row: a sign unit has one, a unit with k candidates k, of which the winner's is never used. */
  readonly firstRow: number
  /** What runs when the states of all earlier groups are known. */
  readonly steps: readonly Step[]
}

/** What the groups of a program are. */
export interface ProgramPlan {
  readonly program: Program
  /** Those that cut. */
  readonly groups: readonly GroupPlan[]
  /** A last group that cuts nothing but is looked at. */
  readonly mark: GroupPlan | null
  /** What runs behind the last group. */
  readonly last: readonly Step[]
  /** Of the groups that cut. */
  readonly units: number
  /** Rows of all units. */
  readonly rows: number
}

/**
 * @param level the output whose level set is the last group that cuts
 * @param hasMark whether one more group cuts nothing
 */
export function planOf(program: Program, level: number | null = null, hasMark = false): ProgramPlan {
  const last = program.groups.length - (hasMark ? 2 : 1)
  const groups: GroupPlan[] = []
  let [steps, units, rows]: [Step[], number, number] = [[], 0, 0]
  for (const step of program.steps) {
    if (step.kind === 'sign' || step.kind === 'largest') {
      const isSign = step.kind === 'sign'
      const states = isSign ? 2 : step.states
      const group = {
        index: groups.length,
        kind: step.kind,
        from: step.from,
        units: program.sizes[step.to],
        states,
        places: isSign ? null : step.places,
        firstName: level !== null && groups.length === last ? level : 0,
        firstUnit: units,
        firstRow: rows,
        steps,
      }
      groups.push(group)
      units += group.units
      rows += group.units * (isSign ? 1 : states)
      steps = []
    }
    steps.push(step)
  }
  const mark = hasMark ? groups.pop()! : null
  return { program, groups, mark, last: steps, units: mark?.firstUnit ?? units, rows }
}
