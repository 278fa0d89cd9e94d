import type { SparseMatrix } from '../../numbers/sparse-matrix.ts'
import {
  type AffineStep,
  type ChoiceStep,
  isChoice,
  type Program,
  type SignStep,
  type Slot,
  type Step,
  type SumStep,
  slotsReadBy,
  stepsBeforeChoices,
} from '../../program/program.ts'

/** Where a step of a level reads: numbers in a row of a level, or what the units of a level make of theirs. */
export interface Source {
  readonly kind: 'plain' | 'sign' | 'largest'
  readonly level: number
  /** The first of the numbers in its row. */
  readonly offset: number
  readonly size: number
}

/** What fills some numbers of a row; `size` is that of the slot, `to` the first number. */
export type LevelStep =
  | { readonly op: 'form'; readonly slot: Slot; readonly to: number; readonly size: number }
  | {
      readonly op: 'affine'
      readonly to: number
      readonly size: number
      readonly a: Source
      readonly matrix: SparseMatrix | null
      readonly bias: Float64Array | null
    }
  | { readonly op: 'sum'; readonly to: number; readonly size: number; readonly a: Source; readonly b: Source }
  | { readonly op: 'copy'; readonly to: number; readonly size: number; readonly a: Source }

/** A matrix and a bias. */
export interface DirectStep {
  readonly matrix: SparseMatrix
  readonly bias: Float64Array | null
}

/** One group of units that cuts, and the numbers that a vertex has there: those that the units choose by, and others that later levels read. */
export interface Level {
  readonly step: ChoiceStep
  readonly units: number
  readonly steps: readonly LevelStep[]
  /** Numbers of a row. */
  readonly rowSize: number
  /** The first of the numbers that the units choose by. */
  readonly offset: number
  /** How many there are, without padding. */
  readonly size: number
  /** The one affine step that leads here from the sign units of the level before, where nothing else does. */
  readonly direct: DirectStep | null
  /** Whether a number that is 0 is so for certain: a unit that is switched off. */
  readonly isZeroSure: boolean
}

/** Rows are padded, for loops over eight numbers. */
export const padded = (size: number): number => (size + 7) & ~7

interface Draft {
  readonly steps: LevelStep[]
  rowSize: number
  offset: number
}

/** The steps of a program, level by level: what can be known once the units of the levels before have chosen. */
export function levelsOf(program: Program): Level[] {
  const { sizes } = program
  const choices = program.steps.filter(isChoice)
  const drafts = choices.map((): Draft => ({ steps: [], rowSize: 0, offset: 0 }))
  const sources = new Map<Slot, Source>()
  /** After how many levels the numbers of a slot are known. */
  const known = new Map<Slot, number>([[0, 0]])

  const place = (level: number, size: number): number => {
    const at = drafts[level].rowSize
    drafts[level].rowSize += padded(size)
    return at
  }
  /** Before the first units choose all numbers are affine forms of the plane, and made where they are first asked for. */
  const sourceOf = (slot: Slot): Source => {
    let source = sources.get(slot)
    if (source === undefined) {
      const size = sizes[slot]
      const to = place(0, size)
      drafts[0].steps.push({ op: 'form', slot, to, size })
      source = { kind: 'plain', level: 0, offset: to, size }
      sources.set(slot, source)
    }
    return source
  }
  const add = (step: AffineStep | SumStep, level: number): void => {
    const size = sizes[step.to]
    const ofA = sourceOf(step.kind === 'sum' ? step.a : step.from)
    const ofB = step.kind === 'sum' ? sourceOf(step.b) : null
    const to = place(level, size)
    drafts[level].steps.push(
      step.kind === 'sum'
        ? { op: 'sum', to, size, a: ofA, b: ofB! }
        : { op: 'affine', to, size, a: ofA, matrix: step.matrix, bias: step.bias },
    )
    sources.set(step.to, { kind: 'plain', level, offset: to, size })
  }
  for (const step of stepsBeforeChoices(program)) {
    if (!isChoice(step)) {
      const level = Math.max(...slotsReadBy(step).map((slot) => known.get(slot)!))
      known.set(step.to, level)
      if (level > 0) add(step, level)
      continue
    }
    const level = choices.indexOf(step)
    const a = sourceOf(step.from)
    let { offset } = a
    if (a.kind !== 'plain' || a.level !== level) {
      offset = place(level, a.size)
      drafts[level].steps.push({ op: 'copy', to: offset, size: a.size, a })
    }
    drafts[level].offset = offset
    sources.set(step.to, { kind: step.kind, level, offset: 0, size: sizes[step.to] })
    known.set(step.to, level + 1)
  }
  return choices.map((step, k) => ({
    step,
    units: sizes[step.to],
    steps: drafts[k].steps,
    rowSize: drafts[k].rowSize,
    offset: drafts[k].offset,
    size: sizes[step.from],
    direct: directStep(drafts[k], k),
    isZeroSure: isSwitchedOff(drafts[k], choices),
  }))
}

/** The steps of each level, with that which the units of the level before make. */
export function stepsOfLevels({ steps }: Program): Step[][] {
  const known = new Map<Slot, number>([[0, 0]])
  const levels: Step[][] = [[]]
  for (const step of steps) {
    const level = Math.max(...slotsReadBy(step).map((slot) => known.get(slot)!))
    const isLast = isChoice(step)
    const at = isLast ? levels.length : level
    known.set(step.to, at)
    if (isLast) levels.push([])
    levels[at].push(step)
  }
  return levels
}

function directStep({ steps }: Draft, level: number): DirectStep | null {
  const [step] = steps
  if (steps.length !== 1 || step.op !== 'affine' || step.matrix === null) return null
  const { kind, level: from } = step.a
  return kind === 'sign' && from === level - 1 ? { matrix: step.matrix, bias: step.bias } : null
}

function isSwitchedOff({ steps }: Draft, choices: readonly ChoiceStep[]): boolean {
  const last = steps.at(-1)
  if (last?.op !== 'copy' || last.a.kind !== 'sign') return false
  return (choices[last.a.level] as SignStep).slope === 0
}
