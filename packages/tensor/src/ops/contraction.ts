import { describe, expectTensor } from '../checks.ts'
import { dispatch } from '../dispatch.ts'
import { expectFloat, expectKind, same } from '../op-rows/row.ts'
import {
  aBoolean,
  type OptionsOf,
  optionTable,
  type ResolvedOptionsOf,
  withDefault,
} from '../option-table.ts'
import { broadcastShapes, formatShape } from '../shape.ts'
import type { Tensor } from '../tensor.ts'
import { mul } from './elementwise.ts'
import { reshape, transpose } from './layout.ts'
import { sum } from './reduction.ts'

const matmulOptions = optionTable('matmul', {
  /** Whether the last two axes of the first factor change places before. Default false. */
  transposeA: withDefault(aBoolean, false),
  /** Whether those of the second factor do. Default false. */
  transposeB: withDefault(aBoolean, false),
})

/** The settings of {@link matmul}. */
export type MatmulOptions = OptionsOf<typeof matmulOptions>

const PLAIN = { transposeA: false, transposeB: false } as const

/** What the table resolves to, in 11 ns where nothing is wrong; the table takes 95, 4 % of a small op. */
function resolved(options: MatmulOptions | undefined): ResolvedOptionsOf<typeof matmulOptions> {
  if (options === undefined) return PLAIN
  for (const name in options) {
    const isKnown = name === 'transposeA' || name === 'transposeB'
    if (!isKnown || typeof options[name] !== 'boolean') return matmulOptions.resolve(options)
  }
  if (typeof options !== 'object' || options === null) return matmulOptions.resolve(options)
  return { transposeA: options.transposeA ?? false, transposeB: options.transposeB ?? false }
}

/**
 * Matrix product over the last two axes, batched over the leading ones, which broadcast.
 *
 * @throws RangeError if the inner dimensions differ; TypeError for an unknown option and what is neither true nor false.
 * @example
 * const [x, w] = [ones([16, 3]), ones([5, 3])]
 * matmul(x, w, { transposeB: true }).shape   // [16, 5]
 */
export const matmul = (a: Tensor, b: Tensor, options?: MatmulOptions): Tensor =>
  dispatch('matmul', [a, b], resolved(options))[0]

/** @throws TypeError for what cannot be multiplied */
function expectFactors(op: string, a: Tensor, b: Tensor): void {
  expectTensor(op, a)
  expectTensor(op, b)
  expectKind(op, 'number', same(op, a, b))
}

/** Inner product over the last axis. */
export function dot(a: Tensor, b: Tensor): Tensor {
  expectFactors('dot', a, b)
  if (a.rank === 0 || a.shape.at(-1) !== b.shape.at(-1)) {
    throw new RangeError(`dot: last axes differ: ${formatShape(a.shape)} and ${formatShape(b.shape)}`)
  }
  broadcastShapes('dot', a.shape, b.shape)
  return sum(mul(a, b), -1)
}

/** `out[i, j] = a[i] · b[j]` of two vectors. */
export function outer(a: Tensor, b: Tensor): Tensor {
  expectFactors('outer', a, b)
  if (a.rank !== 1 || b.rank !== 1) {
    throw new RangeError(
      `outer: expected two vectors, got ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    )
  }
  return mul(reshape(a, [a.size, 1]), reshape(b, [1, b.size]))
}

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
