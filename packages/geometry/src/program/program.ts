import type { UnitGroup } from '@facet/models'
import type { SparseMatrix } from '../numbers/sparse-matrix.ts'

/** Where numbers stand: slot 0 holds the input, every other one is filled by one step. */
export type Slot = number

/** `to = matrix · from + bias`, either of which may be missing. */
export interface AffineStep {
  readonly kind: 'affine'
  readonly from: Slot
  readonly to: Slot
  /** [out, in]; `null` for the identity. */
  readonly matrix: SparseMatrix | null
  readonly bias: Float64Array | null
}

/** `to` is `from` where that is > 0 (state 1), else `slope · from` (state 0). */
export interface SignStep {
  readonly kind: 'sign'
  readonly from: Slot
  readonly to: Slot
  readonly slope: number
  /** Which group of states these are. */
  readonly group: number
}

/** Every unit is the largest of its candidates, the first on ties. */
export interface LargestStep {
  readonly kind: 'largest'
  readonly from: Slot
  readonly to: Slot
  /** Of each unit. */
  readonly states: number
  /** The places in `from` of the candidates of every unit, [units × states]; −1 where there is none. */
  readonly places: Int32Array
  readonly group: number
}

/** `to = a + b` */
export interface SumStep {
  readonly kind: 'sum'
  readonly a: Slot
  readonly b: Slot
  readonly to: Slot
}

/** A step whose units choose among states. */
export type ChoiceStep = SignStep | LargestStep

export type Step = AffineStep | ChoiceStep | SumStep

/**
 * A piecewise-affine network as plain float64 numbers, for what computes without tensors: steps that fill slots, one after another.
 * Numbers of a float32 network are the same in float64, so that a program is the network exactly.
 */
export interface Program {
  readonly inputs: number
  readonly outputs: number
  /** In the order in which they run; step i fills slot i + 1. */
  readonly steps: readonly Step[]
  /** How many numbers each slot holds. */
  readonly sizes: readonly number[]
  /** The slot of the output. */
  readonly output: Slot
  /** Those of the network. A code is the concatenation of their states. */
  readonly groups: readonly UnitGroup[]
}

/** Of all groups together: the length of a code. */
export const unitsOf = ({ groups }: Pick<Program, 'groups'>): number =>
  groups.reduce((sum, { units }) => sum + units, 0)

/** Where the units of each group begin in a code. */
export function offsetsOf({ groups }: Pick<Program, 'groups'>): number[] {
  let sum = 0
  return groups.map(({ units }) => (sum += units) - units)
}

export const isChoice = (step: Step): step is ChoiceStep => step.kind === 'sign' || step.kind === 'largest'

/** The slots that a step reads. */
export const slotsReadBy = (step: Step): readonly Slot[] =>
  step.kind === 'sum' ? [step.a, step.b] : [step.from]

/** The steps that some unit's choice depends on, in order, with those that choose: without what comes after the last of them. */
export function stepsBeforeChoices({ steps, sizes }: Pick<Program, 'steps' | 'sizes'>): Step[] {
  const isRead = sizes.map(() => false)
  for (const step of steps.toReversed())
    if (isChoice(step) || isRead[step.to]) for (const slot of slotsReadBy(step)) isRead[slot] = true
  return steps.filter((step) => isChoice(step) || isRead[step.to])
}
