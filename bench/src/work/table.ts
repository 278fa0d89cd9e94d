import { affineExpected, affineInputs } from './affine.ts'
import { convExpected, convInputs, groupsOfConv } from './conv.ts'
import {
  chainExpected,
  elementwiseExpected,
  elementwiseInputs,
  reductionExpected,
  reductionInputs,
} from './elementwise.ts'
import { localAffineExpected, localAffineInputs } from './local-affine.ts'
import { matmulExpected, matmulInputs } from './matmul.ts'
import { groupsOfStep, stepExpected, stepInputs } from './step.ts'
import type { Arrays, Work, WorkKind, WorkOf } from './work.ts'

interface WorkRow<W> {
  inputs(work: W): Arrays | Promise<Arrays>
  /** The result in float64. */
  expected(work: W): Float64Array | Promise<Float64Array>
  /** Largest difference from it that is accepted, relative to its largest number, or to the largest of the group. */
  readonly tolerance: number
  /** Which group each number belongs to, where numbers are of different kinds. */
  groups?(work: W): (place: number) => number
}

/**
 * What every kind of work is given and must give. Products of float32 numbers differ from float64 by at most 1e-6 of the
 * largest here. Losses of three steps differ by 1e-6 but where a bisection in float32 ends in another
 * region than in float64, which moves the second-order loss by up to 1e-4.
 */
export const workTable: { readonly [K in WorkKind]: WorkRow<WorkOf<K>> } = {
  matmul: { inputs: matmulInputs, expected: matmulExpected, tolerance: 1e-5 },
  affine: { inputs: affineInputs, expected: affineExpected, tolerance: 1e-5 },
  localAffine: { inputs: localAffineInputs, expected: localAffineExpected, tolerance: 1e-4 },
  elementwise: { inputs: elementwiseInputs, expected: elementwiseExpected, tolerance: 1e-5 },
  chain: { inputs: elementwiseInputs, expected: chainExpected, tolerance: 1e-5 },
  reduction: { inputs: reductionInputs, expected: reductionExpected, tolerance: 1e-5 },
  step: { inputs: stepInputs, expected: stepExpected, tolerance: 5e-4, groups: groupsOfStep },
  conv: { inputs: convInputs, expected: convExpected, tolerance: 1e-4, groups: groupsOfConv },
}

export const rowOf = (work: Work): WorkRow<Work> => workTable[work.kind] as WorkRow<Work>
