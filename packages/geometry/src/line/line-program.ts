import type { SparseMatrix } from '../numbers/sparse-matrix.ts'
import { transposed } from '../numbers/sparse-matrix.ts'
import { type Level, withLevel } from '../program/level.ts'
import {
  type AffineStep,
  isChoice,
  type LargestStep,
  offsetsOf,
  type Program,
  type SignStep,
  type SumStep,
  slotsReadBy,
  stepsBeforeChoices,
} from '../program/program.ts'

/** A linear map as a walk applies it: column by column, so that numbers that are 0 cost nothing. */
export interface LineAffine extends AffineStep {
  /** The transposed matrix: its row j holds what number j of `from` goes into. */
  readonly byColumn: SparseMatrix | null
  /** Most entries of a row. */
  readonly terms: number
  readonly isDense: boolean
  /** No unit chooses before it: its numbers are the same forms on the whole line. */
  readonly isFixed: boolean
}

export interface LineSign extends SignStep {
  readonly walls: number
}

export interface LineLargest extends LargestStep {
  /** Pairs of a unit and one of its candidates: unit · states + candidate. */
  readonly walls: number
  /** For place i of `from` the pairs that read it: `reader[start[i]] … reader[start[i + 1] − 1]`. */
  readonly start: Int32Array
  readonly reader: Int32Array
}

export type LineChoice = LineSign | LineLargest
export type LineStep = LineAffine | LineChoice | SumStep

/** What a walk needs of a network: the steps up to the last units that choose. */
export interface LineProgram {
  /** The network with the level as one more sign unit at its end. */
  readonly program: Program
  readonly steps: readonly LineStep[]
  /** Where the states of each group begin in a code. */
  readonly offsets: readonly number[]
}

export function lineProgramOf(network: Program, level?: Level): LineProgram {
  const program = level === undefined ? network : withLevel(network, level)
  const isFixed = program.sizes.map((_, slot) => slot === 0)
  const steps = stepsBeforeChoices(program).map((step): LineStep => {
    isFixed[step.to] = slotsReadBy(step).every((slot) => isFixed[slot]) && !isChoice(step)
    return prepared[step.kind](step as never, program, isFixed[step.to])
  })
  return { program, steps, offsets: offsetsOf(program) }
}

const prepared = {
  affine: (step: AffineStep, _: Program, isFixed: boolean): LineAffine => {
    const { matrix } = step
    if (matrix === null) return { ...step, byColumn: null, terms: 1, isDense: false, isFixed }
    let terms = 0
    for (let i = 0; i < matrix.rows; i++) terms = Math.max(terms, matrix.start[i + 1] - matrix.start[i])
    const isDense = matrix.value.length === matrix.rows * matrix.columns
    return { ...step, byColumn: transposed(matrix), terms, isDense, isFixed }
  },
  sum: (step: SumStep): SumStep => step,
  sign: (step: SignStep, { sizes }: Program): LineSign => ({ ...step, walls: sizes[step.to] }),
  largest: (step: LargestStep, { sizes }: Program): LineLargest => {
    const { places } = step
    const start = new Int32Array(sizes[step.from] + 1)
    for (const place of places) if (place >= 0) start[place + 1]++
    for (let i = 0; i < sizes[step.from]; i++) start[i + 1] += start[i]
    const next = start.slice()
    const reader = new Int32Array(start[start.length - 1])
    places.forEach((place, pair) => {
      if (place >= 0) reader[next[place]++] = pair
    })
    return { ...step, walls: places.length, start, reader }
  },
}
