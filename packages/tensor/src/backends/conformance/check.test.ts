import { describe, expect, it } from 'vitest'
import { reluActivation } from '../../activation.ts'
import { type DType, machineEpsilon } from '../../dtype.ts'
import type { OpName } from '../../op-table.ts'
import type { Case } from '../../testing/case.ts'
import { filled } from '../../testing/values.ts'
import { check } from './check.ts'
import { oracle } from './oracle.ts'
import { tolerances } from './tolerances.ts'

/** What the check says of results that are right but for one element, which is another number by a factor. */
function verdictOf<N extends OpName>(op: N, dtype: DType, c: Case<N>, factor: number, output = 0) {
  const got = oracle(op, c)
  got[output][1] *= factor
  return check(op, c, dtype, got, tolerances[op])
}

const params = {}
const matrix = (dtype: DType, ...values: number[]) => filled(dtype, [2, 2], (i) => values[i])

describe.each(['float32', 'float64'] as const)('the check of %s', (dtype) => {
  const epsilon = machineEpsilon(dtype)
  // e⁰ = 1, 0 + 1 = 1 and 3 + 1 = 4: numbers of which a multiple of ε is exact.
  const inputs = [matrix(dtype, 3, 0, 3, 1)]
  const ones = matrix(dtype, 1, 1, 1, 1)
  const full = [matrix(dtype, 1, 2, 3, 4)]

  it('lets a rounding error pass where one is allowed and no more', () => {
    const [near, far] = [1 + epsilon, 1 + 8 * epsilon]
    expect(verdictOf('exp', dtype, { inputs, params }, near)).toBeUndefined()
    expect(verdictOf('exp', dtype, { inputs, params }, far)).toMatch(/^element 1 is/)
    expect(verdictOf('add', dtype, { inputs: [...inputs, ones], params }, 1)).toBeUndefined()
    expect(verdictOf('add', dtype, { inputs: [...inputs, ones], params }, near)).toMatch(/^element 1 is/)
  })

  it('lets sums err by an ε of their magnitude for each term', () => {
    const sum = { inputs, params: { axes: [1], keepDims: false } }
    expect(verdictOf('sum', dtype, sum, 1 + 2 * epsilon)).toBeUndefined()
    expect(verdictOf('sum', dtype, sum, 1 + 4 * epsilon)).toMatch(/^element 1 is/)
  })

  it('sees an entry of a matrix, an eigenvector, a sign, a state that are wrong', () => {
    expect(verdictOf('expm', dtype, { inputs: full, params }, 1.01)).toMatch(/^element 1 is/)
    expect(verdictOf('eigh', dtype, { inputs: full, params }, 1.01, 1)).toMatch(/^matrix 0/)
    const two = [filled(dtype, [2, 2, 2], (i) => (i + 1) ** 2)]
    expect(verdictOf('logDet', dtype, { inputs: two, params }, -1)).toMatch(/^element 1 is/)
    const layer = { inputs: [...full, ones], params: reluActivation }
    expect(verdictOf('affine', dtype, layer, 0, 1)).toMatch(/^state 2 is 0/)
  })
})

it('whole numbers are held exactly', () => {
  const inputs = [filled('int32', [3], (i) => i + 1)]
  const c = { inputs, params: { axes: [], keepDims: false } }
  expect(verdictOf('sum', 'int32', c, 1)).toBeUndefined()
  expect(verdictOf('sum', 'int32', c, 2)).toMatch(/^element 1 is 4, expected 2/)
})
