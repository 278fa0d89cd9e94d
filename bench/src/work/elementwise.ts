import { randomArray } from './random-array.ts'
import type { Arrays, ChainWork, ElementwiseWork, ReductionWork } from './work.ts'

/** Operands `a` and `b`. */
export const elementwiseInputs = ({ size }: ElementwiseWork | ChainWork): Arrays => ({
  a: randomArray('elementwise a', [size]),
  b: randomArray('elementwise b', [size]),
})

export function elementwiseExpected(work: ElementwiseWork): Float64Array {
  const { a, b } = elementwiseInputs(work)
  return Float64Array.from(a.values, (x, i) => (work.f === 'exp' ? Math.exp(x) : x + b.values[i]))
}

export function chainExpected(work: ChainWork): Float64Array {
  const { a, b } = elementwiseInputs(work)
  return Float64Array.from(a.values, (x, i) => x + work.length * b.values[i])
}

/** Numbers `a` of mean 1: a sum of a million then is not noise alone. */
export const reductionInputs = ({ rows, columns }: ReductionWork): Arrays => {
  const a = randomArray('reduction a', [rows, columns])
  return { a: { ...a, values: a.values.map((x) => 1 + x) } }
}

export function reductionExpected(work: ReductionWork): Float64Array {
  const { rows, columns, axis } = work
  const { a } = reductionInputs(work)
  const out = new Float64Array(axis === undefined ? 1 : axis === 0 ? columns : rows)
  a.values.forEach((x, i) => {
    out[axis === undefined ? 0 : axis === 0 ? i % columns : Math.floor(i / columns)] += x
  })
  return out
}
