import type { Program, Slot, Step } from '../program/program.ts'

/** The level set of an output that cuts like one more sign unit. */
export interface OutputLevel {
  /** Which output. */
  readonly output: number
  /** Default 0. */
  readonly value?: number
}

/** A group of units that choose among states, and what has to run before its pre-activations are known. */
export interface GroupPlan {
  readonly index: number
  readonly kind: 'sign' | 'largest'
  /** Where its pre-activations, or the candidates of its windows, stand. */
  readonly from: Slot
  readonly units: number
  readonly states: number
  /** Of windows: as in `LargestStep`. */
  readonly places: Int32Array | null
  /** Its first unit among those of all groups. */
  readonly firstUnit: number
  /** Its first row: a sign unit has one, a unit with k candidates k, of which the winner's is never used. */
  readonly firstRow: number
  /** What runs when the states of all earlier groups are known. */
  readonly steps: readonly Step[]
  /** Of a level set: the place of the output in `from`, and the level. */
  readonly level: { readonly place: number; readonly value: number } | null
}

/** What a program's groups are, with a level set as one more behind them. */
export interface ProgramPlan {
  readonly program: Program
  readonly groups: readonly GroupPlan[]
  /** What runs behind the last group: fills the output. */
  readonly last: readonly Step[]
  readonly units: number
  /** Rows of all units. */
  readonly rows: number
}

export function planOf(program: Program, level: OutputLevel | null = null): ProgramPlan {
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
        firstUnit: units,
        firstRow: rows,
        steps,
        level: null,
      }
      groups.push(group)
      units += group.units
      rows += group.units * (isSign ? 1 : states)
      steps = []
    }
    steps.push(step)
  }
  if (level === null) return { program, groups, last: steps, units, rows }
  const [index, from] = [groups.length, program.output]
  const at = { place: level.output, value: level.value ?? 0 }
  const one = { index, kind: 'sign' as const, from, units: 1, states: 2, places: null }
  groups.push({ ...one, firstUnit: units, firstRow: rows, steps, level: at })
  return { program, groups, last: [], units: units + 1, rows: rows + 1 }
}
