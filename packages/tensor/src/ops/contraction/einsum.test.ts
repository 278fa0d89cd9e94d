import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import * as ops from '../../index.ts'
import { asTensor, at, indicesOf, type Plain } from '../../testing/arrays.ts'

beforeAll(() => ops.init())

const pattern = (shape: ops.Shape, seed: number): Plain => ({
  shape,
  values: Array.from({ length: ops.sizeOf(shape) }, (_, i) => Math.cos(seed + 1.7 * i)),
})

/** The defining sum over labels, one element at a time; `...` has been written out. */
function definition(terms: readonly string[], output: string, operands: readonly Plain[]): number[] {
  const length = (label: string): number =>
    Math.max(
      ...terms.flatMap((term, i) =>
        [...term].flatMap((l, axis) => (l === label ? [operands[i].shape[axis]] : [])),
      ),
    )
  const inner = [...new Set(terms.join(''))].filter((label) => !output.includes(label))
  const labels = [...output, ...inner]
  return [...indicesOf([...output].map(length))].map((outer) => {
    let total = 0
    for (const rest of indicesOf(inner.map(length))) {
      const place = [...outer, ...rest]
      const factors = terms.map((term, i) =>
        at(
          operands[i],
          [...term].map((label) => place[labels.indexOf(label)]),
        ),
      )
      total += factors.reduce((product, factor) => product * factor, 1)
    }
    return total
  })
}

const cases: [spec: string, writtenOut: string, ...shapes: number[][]][] = [
  ['ij,jk->ik', 'ij,jk->ik', [2, 3], [3, 4]],
  ['ij,kj->ki', 'ij,kj->ki', [2, 3], [4, 3]],
  ['bij,bjk->bik', 'bij,bjk->bik', [2, 2, 3], [2, 3, 2]],
  ['kij,nj->nki', 'kij,nj->nki', [2, 3, 3], [4, 3]],
  ['i,j->ji', 'i,j->ji', [3], [2]],
  ['ij,ij->', 'ij,ij->', [2, 3], [2, 3]],
  ['bi,j->b', 'bi,j->b', [2, 3], [4]],
  ['abc,cb->ac', 'abc,cb->ac', [2, 3, 4], [4, 3]],
  // Without an arrow.
  ['ij,jk', 'ij,jk->ik', [2, 3], [3, 4]],
  ['ba', 'ba->ab', [2, 3]],
  ['ij,ij', 'ij,ij->', [2, 3], [2, 3]],
  ['ii', 'ii->', [3, 3]],
  // Diagonals.
  ['ii->i', 'ii->i', [3, 3]],
  ['iji->ji', 'iji->ji', [2, 3, 2]],
  ['iii->i', 'iii->i', [3, 3, 3]],
  ['iijj->ij', 'iijj->ij', [2, 2, 3, 3]],
  ['ii,ij->j', 'ii,ij->j', [3, 3], [3, 2]],
  // Any axes in the middle, in front, behind and none at all.
  ['...ij,...jk->...ik', 'baij,bajk->baik', [2, 3, 2, 3], [2, 3, 3, 2]],
  ['...ij,jk->...ik', 'baij,jk->baik', [2, 3, 2, 3], [3, 2]],
  ['...ij,...jk', 'aij,ajk->aik', [3, 2, 3], [3, 3, 2]],
  ['i...,i->...', 'iba,i->ba', [2, 3, 4], [2]],
  ['...i->i...', 'bai->iba', [2, 3, 4]],
  ['...ii->...i', 'aii->ai', [2, 3, 3]],
  ['...,...->...', 'ba,a->ba', [2, 3], [3]],
  ['i...->...', 'i->', [3]],
  // Lengths of 1 stretch.
  ['...ij,...jk->...ik', 'baij,bajk->baik', [1, 3, 2, 3], [2, 1, 3, 2]],
  ['ij,ij->ij', 'ij,ij->ij', [1, 3], [2, 1]],
  ['i,ij->j', 'i,ij->j', [1], [2, 3]],
  // Three operands, spaces, and an axis of nothing.
  [' ij , jk, kl -> il ', 'ij,jk,kl->il', [2, 3], [3, 4], [4, 2]],
  ['ij,jk->ik', 'ij,jk->ik', [2, 0], [0, 3]],
]

describe('einsum', () => {
  it.each(cases)("'%s' is its defining sum", (spec, writtenOut, ...shapes) => {
    const operands = shapes.map((shape, i) => pattern(shape, i))
    const [terms, output] = writtenOut.split('->')
    const got = ops.einsum(spec, ...operands.map((x) => asTensor(x)))
    const want = definition(terms.split(','), output, operands)
    expect(got.size).toBe(want.length)
    want.forEach((x, i) => void expect(got.dataSync()[i]).toBeCloseTo(x, 12))
  })

  it('of two operands with any labels is its defining sum', () => {
    const labels = fc.array(fc.constantFrom(...'abcd'), { maxLength: 4 }).map((list) => list.join(''))
    const lengths: Record<string, number> = { a: 2, b: 3, c: 1, d: 4 }
    fc.assert(
      fc.property(labels, labels, fc.infiniteStream(fc.boolean()), (left, right, choices) => {
        const output = [...new Set(left + right)].filter(() => choices.next().value).join('')
        const operands = [left, right].map((term, i) =>
          pattern(
            [...term].map((l) => lengths[l]),
            i,
          ),
        )
        const got = ops.einsum(`${left},${right}->${output}`, ...operands.map((x) => asTensor(x)))
        const want = definition([left, right], output, operands)
        expect(got.shape).toEqual([...output].map((l) => lengths[l]))
        want.forEach((x, i) => void expect(got.dataSync()[i]).toBeCloseTo(x, 12))
      }),
    )
  })

  it('of one operand takes integers', () => {
    expect(
      ops
        .einsum(
          'ii',
          ops.tensor(
            [
              [1, 2],
              [3, 4],
            ],
            { dtype: 'int32' },
          ),
        )
        .item(),
    ).toBe(5)
  })

  const x = (): ops.Tensor => ops.ones([2, 3])
  it.each<[string, () => ops.Tensor, string]>([
    ['ij,jk->ik', () => ops.einsum('ij,jk->ik', x()), "einsum: 'ij,jk->ik': expected 2 operands, got 1"],
    ['ij,ij->', () => ops.einsum('ij,ij->', x(), ops.ones([3, 2])), "einsum: 'ij,ij->': 'i' is 2 and 3"],
    ['ii', () => ops.einsum('ii', x()), "einsum: 'ii': 'i' is 2 and 3 in one operand"],
    ['ijk', () => ops.einsum('ijk', x()), "einsum: 'ijk': 'ijk' does not fit [2, 3]"],
    ['i', () => ops.einsum('i', x()), "einsum: 'i': 'i' does not fit [2, 3]"],
    ['ij->ik', () => ops.einsum('ij->ik', x()), "einsum: 'ij->ik': 'k' is in no operand"],
    ['ij->ii', () => ops.einsum('ij->ii', x()), "einsum: 'ij->ii': 'ii' repeats a subscript"],
    ['...j->j', () => ops.einsum('...j->j', x()), "einsum: '...j->j': the result has no place for '...'"],
    [
      'i..j',
      () => ops.einsum('i..j', x()),
      "expected letters, commas, '...' once an operand and at most one '->', got 'i..j'",
    ],
    ['ij->j->i', () => ops.einsum('ij->j->i', x()), "expected letters, commas, '...'"],
    ['a number', () => ops.einsum(1 as never, x()), "einsum: expected subscripts such as 'ij,jk->ik', got 1"],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message)
  })
})
