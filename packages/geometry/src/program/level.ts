import type { Network } from '@facet/models'
import { aCount, aNumber, aValue, describe, optional, optionTable } from '@facet/tensor/checks'
import type { AffineStep, Program, Step } from './program.ts'

/** A number of the output and where it is cut: `value`, 0 by default. */
export interface Level {
  readonly output: number
  readonly value?: number
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null

/** The option `level`: an output that cuts too where it is `value`: it counts as one more sign unit, [groups, output]. */
export const aLevel = optional(aValue<Level>('{ output, value? }', isObject))

/** @throws Error for another field, RangeError for an output that there is not. */
export function expectLevel(operation: string, network: Network, level: Level): void {
  const fields = optionTable(`${operation}: level`, {
    output: optional(aCount(0)),
    value: optional(aNumber(-Infinity)),
  })
  fields.resolve(level)
  if (level.output >= 0 && level.output < network.outputs) return
  throw new RangeError(
    `${operation}: level: expected an output from 0 to ${network.outputs - 1}, got ${describe(level.output)}`,
  )
}

/** One row of the output, less the level, and a unit that says on which side it is. */
export function withLevel(program: Program, { output, value = 0 }: Level): Program {
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
