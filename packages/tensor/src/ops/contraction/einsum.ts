import { expectTensor } from '../../checks.ts'
import { arange } from '../../creation.ts'
import { expectFloat, same } from '../../op-checks.ts'
import { sizeOf } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { transpose } from '../layout/axes.ts'
import { gather } from '../layout/indexing.ts'
import { reshape } from '../layout/reshape.ts'
import { sum } from '../reduction/fold.ts'
import { parseSubscripts } from './einsum-subscripts.ts'
import { matmul } from './matmul.ts'

/** An operand with a label for each axis. */
interface Labelled {
  readonly value: Tensor
  readonly labels: string
}

/** The diagonal of axes with one label, for each label that stands more than once. */
function diagonals({ value, labels }: Labelled): Labelled {
  const repeated = [...labels].find((label, i) => labels.indexOf(label) !== i)
  if (repeated === undefined) return { value, labels }
  const others = [...labels].flatMap((label, axis) => (label === repeated ? [] : [axis]))
  const mine = [...labels].flatMap((label, axis) => (label === repeated ? [axis] : []))
  const length = value.shape[mine[0]]
  const rest = others.map((axis) => value.shape[axis])
  const flat = reshape(transpose(value, [...others, ...mine]), [...rest, length ** mine.length])
  // Element i of the diagonal lies behind i steps along each of the axes.
  const step = mine.reduce((total, _, power) => total + length ** power, 0)
  const places = arange(0, length * step, step, 'int32')
  return diagonals({
    value: gather(flat, places, -1),
    labels: others.map((axis) => labels[axis]).join('') + repeated,
  })
}

/** Without the axes of length 1 that another operand stretches. */
function unstretched({ value, labels }: Labelled, lengths: ReadonlyMap<string, number>): Labelled {
  const kept = [...labels].flatMap((label, axis) =>
    value.shape[axis] === 1 && lengths.get(label) !== 1 ? [] : [axis],
  )
  if (kept.length === labels.length) return { value, labels }
  return {
    value: reshape(
      value,
      kept.map((axis) => value.shape[axis]),
    ),
    labels: kept.map((axis) => labels[axis]).join(''),
  }
}

/** Sums away what is not wanted, and orders the axes. */
function arrange({ value, labels }: Labelled, wanted: string): Tensor {
  const gone = [...labels].flatMap((label, axis) => (wanted.includes(label) ? [] : [axis]))
  const left = [...labels].filter((label) => wanted.includes(label))
  return transpose(
    gone.length > 0 ? sum(value, gone) : value,
    [...wanted].map((label) => left.indexOf(label)),
  )
}

/** One contraction of two operands as a batched matmul. */
function contractPair(a: Labelled, b: Labelled, wanted: string): Labelled {
  const shared = [...a.labels].filter((label) => b.labels.includes(label))
  const batch = shared.filter((label) => wanted.includes(label))
  const inner = shared.filter((label) => !wanted.includes(label))
  const freeA = [...a.labels].filter((label) => !b.labels.includes(label) && wanted.includes(label))
  const freeB = [...b.labels].filter((label) => !a.labels.includes(label) && wanted.includes(label))
  const left = arrange(a, [...batch, ...freeA, ...inner].join(''))
  const right = arrange(b, [...batch, ...freeB, ...inner].join(''))
  const batchShape = left.shape.slice(0, batch.length)
  const shapeA = left.shape.slice(batch.length, batch.length + freeA.length)
  const shapeB = right.shape.slice(batch.length, batch.length + freeB.length)
  const k = sizeOf(left.shape.slice(batch.length + freeA.length))
  const product = matmul(
    reshape(left, [sizeOf(batchShape), sizeOf(shapeA), k]),
    reshape(right, [sizeOf(batchShape), sizeOf(shapeB), k]),
    { transposeB: true },
  )
  return {
    value: reshape(product, [...batchShape, ...shapeA, ...shapeB]),
    labels: [...batch, ...freeA, ...freeB].join(''),
  }
}

/**
 * Einstein summation over named axes, from left to right, each pair as one batched matmul. As in NumPy
 *
 * - a label that one operand has twice takes the diagonal (`'ii->i'`, `'ii->'` is the trace),
 * - `...` stands for any axes, which broadcast (`'...ij,...jk->...ik'`),
 * - without `->` the result has what `...` stands for and then the labels that stand once, in alphabetical order,
 * - a length of 1 stretches to that of the other operands.
 *
 * One operand may be of any dtype that what is summed allows; several are of one floating dtype.
 *
 * @throws RangeError if the subscripts do not fit the operands, or a label stands twice in the result; TypeError for two dtypes
 * @example
 * const [G, v] = [ones([2, 3, 3]), ones([10, 3])]
 * einsum('kij,nj->nki', G, v).shape   // [10, 2, 3]: every generator on every vector
 * einsum('kii->k', G).toArray()   // [3, 3]: every trace
 */
export function einsum(spec: string, ...tensors: Tensor[]): Tensor {
  for (const x of tensors) expectTensor('einsum', x)
  const { inputs, output } = parseSubscripts(
    spec,
    tensors.map(({ shape }) => shape),
  )
  if (tensors.length > 1) {
    for (const x of tensors) {
      same('einsum', tensors[0], x)
      expectFloat('einsum', x)
    }
  }
  const lengths = new Map<string, number>()
  inputs.forEach((labels, i) => {
    ;[...labels].forEach((label, axis) => {
      const length = tensors[i].shape[axis]
      if (length !== 1 || !lengths.has(label)) lengths.set(label, length)
    })
  })
  const operands = inputs.map((labels, i) => unstretched(diagonals({ value: tensors[i], labels }), lengths))
  let result = operands[0]
  for (let i = 1; i < operands.length; i++) {
    const later = operands.slice(i + 1).map(({ labels }) => labels)
    result = contractPair(result, operands[i], output + later.join(''))
  }
  return arrange(result, output)
}
