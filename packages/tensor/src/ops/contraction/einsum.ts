import { describe, expectTensor } from '../../checks.ts'
import { expectFloat, same } from '../../op-checks.ts'
import { formatShape } from '../../shape.ts'
import type { Tensor } from '../../tensor.ts'
import { transpose } from '../layout/axes.ts'
import { reshape } from '../layout/reshape.ts'
import { sum } from '../reduction/fold.ts'
import { matmul } from './matmul.ts'

/** @throws RangeError naming the subscripts if they do not fit the operands. */
function parse(spec: string, operands: readonly Tensor[]): { inputs: string[]; output: string } {
  const bad = (why: string) => new RangeError(`einsum: '${spec}': ${why}`)
  if (typeof spec !== 'string')
    throw new TypeError(`einsum: expected subscripts such as 'ij,jk->ik', got ${describe(spec)}`)
  const match = /^([a-zA-Z,\s]*)->([a-zA-Z\s]*)$/.exec(spec)
  if (match === null) throw bad("expected letters, commas and one '->'")
  const inputs = match[1].replaceAll(/\s/g, '').split(',')
  const output = match[2].replaceAll(/\s/g, '')
  if (inputs.length !== operands.length)
    throw bad(`expected ${inputs.length} operands, got ${operands.length}`)
  const lengths = new Map<string, number>()
  inputs.forEach((subscripts, i) => {
    expectTensor('einsum', operands[i])
    const { shape } = operands[i]
    if (new Set(subscripts).size !== subscripts.length)
      throw bad(`'${subscripts}' repeats a subscript; use diagonal`)
    if (subscripts.length !== shape.length) throw bad(`'${subscripts}' does not fit ${formatShape(shape)}`)
    ;[...subscripts].forEach((letter, axis) => {
      const known = lengths.get(letter) ?? shape[axis]
      if (known !== shape[axis]) throw bad(`'${letter}' is ${known} and ${shape[axis]}`)
      lengths.set(letter, known)
    })
  })
  if (new Set(output).size !== output.length) throw bad(`'${output}' repeats a subscript`)
  if (operands.length > 1) {
    for (const x of operands) {
      same('einsum', operands[0], x)
      expectFloat('einsum', x)
    }
  }
  for (const letter of output) if (!lengths.has(letter)) throw bad(`'${letter}' is in no operand`)
  return { inputs, output }
}

/** Sums away what neither the other operand nor the output has, and orders the axes. */
function arrange(x: Tensor, subscripts: string, wanted: string): Tensor {
  const gone = [...subscripts].flatMap((letter, axis) => (wanted.includes(letter) ? [] : [axis]))
  const left = [...subscripts].filter((letter) => wanted.includes(letter))
  return transpose(
    gone.length > 0 ? sum(x, gone) : x,
    [...wanted].map((letter) => left.indexOf(letter)),
  )
}

/** One contraction of two operands as a batched matmul. */
function contractPair(
  a: Tensor,
  sa: string,
  b: Tensor,
  sb: string,
  wanted: string,
): { value: Tensor; subscripts: string } {
  const shared = [...sa].filter((letter) => sb.includes(letter))
  const batch = shared.filter((letter) => wanted.includes(letter))
  const inner = shared.filter((letter) => !wanted.includes(letter))
  const freeA = [...sa].filter((letter) => !sb.includes(letter) && wanted.includes(letter))
  const freeB = [...sb].filter((letter) => !sa.includes(letter) && wanted.includes(letter))
  const left = arrange(a, sa, [...batch, ...freeA, ...inner].join(''))
  const right = arrange(b, sb, [...batch, ...freeB, ...inner].join(''))
  const lengths = (x: Tensor, from: number, count: number): number[] => x.shape.slice(from, from + count)
  const size = (shape: readonly number[]): number => shape.reduce((n, length) => n * length, 1)
  const batchShape = lengths(left, 0, batch.length)
  const shapeA = lengths(left, batch.length, freeA.length)
  const shapeB = lengths(right, batch.length, freeB.length)
  const k = size(left.shape.slice(batch.length + freeA.length))
  const product = matmul(
    reshape(left, [size(batchShape), size(shapeA), k]),
    reshape(right, [size(batchShape), size(shapeB), k]),
    { transposeB: true },
  )
  return {
    value: reshape(product, [...batchShape, ...shapeA, ...shapeB]),
    subscripts: [...batch, ...freeA, ...freeB].join(''),
  }
}

/**
 * Einstein summation over named axes, from left to right, each pair as one batched matmul.
 *
 * @throws RangeError if the subscripts do not fit the operands; a repeated subscript in one operand is refused.
 * @example
 * const [G, v] = [ones([2, 3, 3]), ones([10, 3])]
 * einsum('kij,nj->nki', G, v).shape   // [10, 2, 3]: every generator on every vector
 */
export function einsum(spec: string, ...tensors: Tensor[]): Tensor {
  const { inputs, output } = parse(spec, tensors)
  let value = tensors[0]
  let subscripts = inputs[0]
  for (let i = 1; i < tensors.length; i++) {
    const later = inputs.slice(i + 1).join('')
    ;({ value, subscripts } = contractPair(value, subscripts, tensors[i], inputs[i], output + later))
  }
  return arrange(value, subscripts, output)
}
