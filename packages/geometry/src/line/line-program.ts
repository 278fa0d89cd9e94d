import type { SparseMatrix } from '../numbers/sparse-matrix.ts'
import { transposed } from '../numbers/sparse-matrix.ts'
import type { AffineStep, LargestStep, Program, SignStep, Step, SumStep } from '../program/program.ts'

/** A number of the output and where it is cut: `value`, 0 by default. */
export interface Level {
  readonly output: number
  readonly value?: number
}

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
  /** For each group the name [group, unit] of its first unit: those of the network, and [groups, output] of the level. */
  readonly names: readonly (readonly [group: number, unit: number])[]
  /** Where the states of each group begin in a code. */
  readonly offsets: readonly number[]
  /** The length of a code. */
  readonly units: number
}

export function lineProgramOf(network: Program, level?: Level): LineProgram {
  const program = level === undefined ? network : withLevel(network, level)
  const isFixed = program.sizes.map((_, slot) => slot === 0)
  const steps = liveSteps(program).map((step): LineStep => {
    isFixed[step.to] = inputsOf(step).every((slot) => isFixed[slot]) && !('group' in step)
    return prepared[step.kind](step as never, program, isFixed[step.to])
  })
  const names = network.groups.map((_, group) => [group, 0] as const)
  const offsets: number[] = []
  let units = 0
  for (const group of program.groups) {
    offsets.push(units)
    units += group.units
  }
  const all = level === undefined ? names : [...names, [names.length, level.output] as const]
  return { program, steps, names: all, offsets, units }
}

const inputsOf = (step: Step): readonly number[] => (step.kind === 'sum' ? [step.a, step.b] : [step.from])

/** Those that some unit's choice depends on. */
function liveSteps({ steps, sizes }: Program): readonly Step[] {
  const isRead = sizes.map(() => false)
  for (const step of [...steps].reverse())
    if ('group' in step || isRead[step.to]) for (const slot of inputsOf(step)) isRead[slot] = true
  return steps.filter((step) => 'group' in step || isRead[step.to])
}

/** One row of the output, less the level, and a unit that says on which side it is. */
function withLevel(program: Program, { output, value = 0 }: Level): Program {
  const last = program.steps[program.output - 1] as Step | undefined
  const slots = program.sizes.length
  const row = rowOf(program, last, output)
  const steps: Step[] = [
    { ...row, to: slots },
    { kind: 'affine', from: slots, to: slots + 1, matrix: null, bias: Float64Array.of(-value) },
    { kind: 'sign', from: slots + 1, to: slots + 2, slope: 1, group: program.groups.length },
  ]
  return {
    ...program,
    steps: [...program.steps, ...steps],
    sizes: [...program.sizes, 1, 1, 1],
    groups: [...program.groups, { units: 1, states: 2 }],
  }
}

function rowOf(program: Program, last: Step | undefined, output: number): Omit<AffineStep, 'to'> {
  if (last?.kind === 'affine' && last.matrix !== null) {
    const { start, column, value, columns } = last.matrix
    const [a, b] = [start[output], start[output + 1]]
    const matrix = {
      rows: 1,
      columns,
      start: Int32Array.of(0, b - a),
      column: column.slice(a, b),
      value: value.slice(a, b),
    }
    const bias = last.bias && Float64Array.of(last.bias[output])
    return { kind: 'affine', from: last.from, matrix, bias }
  }
  const matrix = {
    rows: 1,
    columns: program.outputs,
    start: Int32Array.of(0, 1),
    column: Int32Array.of(output),
    value: Float64Array.of(1),
  }
  return { kind: 'affine', from: program.output, matrix, bias: null }
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
