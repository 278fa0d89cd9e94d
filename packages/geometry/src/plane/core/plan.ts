import { type ChoiceStep, offsetsOf, type Program, type Step } from '../../program/program.ts'
import type { PackedGroup } from '../structure.ts'
import { type Level, levelsOf, stepsOfLevels } from './levels.ts'

/** Number i of the level's, less number j where that is not -1: what is 0 on a wall. */
export interface Cutter {
  readonly level: number
  readonly i: number
  readonly j: number
}

/** The cutters of a level: units, or pairs of their candidates. */
export interface Cutters {
  readonly first: number
  readonly perUnit: number
  /** The level's first unit, counted over all groups. */
  readonly unitFrom: number
}

/** What is done with a program, level by level, and how its units and their states are numbered. */
export class Plan {
  readonly levels: readonly Level[]
  /** The steps of each level, with that which the units of the level before make. */
  readonly steps: readonly (readonly Step[])[]
  readonly groups: readonly PackedGroup[]
  /** Of each level. */
  readonly cutters: readonly Cutters[]
  /** Of the states of a face. */
  readonly words: number

  constructor(program: Program) {
    this.levels = levelsOf(program)
    this.steps = stepsOfLevels(program)
    const unitFrom = offsetsOf(program)
    const cutters: Cutters[] = []
    const groups: PackedGroup[] = []
    let [cutter, words] = [0, 0]
    for (const { step, units } of this.levels) {
      const states = statesOfStep(step)
      const perUnit = step.kind === 'sign' ? 1 : states * states
      const planes = 32 - Math.clz32(states - 1)
      cutters.push({ first: cutter, perUnit, unitFrom: unitFrom[step.group] })
      groups[step.group] = { units, states, from: words, planes }
      cutter += units * perUnit
      words += planes * Math.ceil(units / 32)
    }
    this.cutters = cutters
    this.groups = groups
    this.words = words
  }

  /** The level and the unit of a cutter; of a pair of candidates, both. */
  cutterOf(cutter: number): Cutter {
    const level = this.cutters.findLastIndex(({ first }) => first <= cutter)
    const { first, perUnit } = this.cutters[level]
    const unit = Math.floor((cutter - first) / perUnit)
    const { step } = this.levels[level]
    if (step.kind === 'sign') return { level, i: unit, j: -1 }
    const pair = (cutter - first) % perUnit
    const place = (state: number) => step.places[unit * step.states + state]
    return { level, i: place(Math.floor(pair / step.states)), j: place(pair % step.states) }
  }
}

export const statesOfStep = (step: ChoiceStep): number => (step.kind === 'sign' ? 2 : step.states)
