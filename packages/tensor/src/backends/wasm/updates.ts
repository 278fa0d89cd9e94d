import { wholePower } from '../../elementary/whole-power.ts'
import type { KernelOperand } from '../../kernel-operand.ts'
import {
  type ContributionOperand,
  epsilonOf,
  type FactorOperands,
  type UpdateKernels,
} from '../../update-table.ts'
import type { Block } from './block.ts'
import { bytesPerElement, type Heap } from './heap.ts'
import { floats } from './kernels/kernel.ts'
import { codes } from './kernels.generated.ts'
import { byDType, type Module, type WasmFunction } from './module.ts'

/** Elements of a summed gradient that exist at a time: 64 KB in float32, within the second-level cache. */
const CHUNK = 16384

/**
 * Updates of fewer multiplications run on this thread alone, in either dtype: they take less than `FORK_MICROSECONDS`, and computing that from
 * the arguments, for each of 14 parameters, slowed steps of 115 µs.
 */
const SMALL = 500_000

/** Multiplications that take as long as the memory traffic of an updated element. */
const TRAFFIC = 16

const fit = (call: WasmFunction, multiplications: number): WasmFunction =>
  multiplications < SMALL ? (call.alone ?? call) : call

type Terms = readonly ContributionOperand<Block>[]

/** Called for `count` elements from `offset` bytes on, with the address of their gradient. */
type Visit = (offset: number, count: number, gradient: number) => void

/** In-place optimizers: one pass over parameter, moments and gradient, which is made piece by piece where it is a sum or a product. */
export function makeUpdates(heap: Heap, module: Module): UpdateKernels<Block> {
  const gradients = byDType(module, 'gradient', floats)
  const combinations = byDType(module, 'combine', floats)
  const accumulate = byDType(module, 'accumulate', floats)
  const [sgd, adam] = [byDType(module, 'sgd', floats), byDType(module, 'adam', floats)]
  const [sgdFactors, adamFactors] = [
    byDType(module, 'sgdFactors', floats),
    byDType(module, 'adamFactors', floats),
  ]

  /** The gradient of `count` elements from `from` on, to an address. */
  function sumTerms(terms: Terms, dtype: 'float32', from: number, count: number, to: number): void {
    const bytes = bytesPerElement(dtype)
    // Of no terms the sum is a product of no columns: zero.
    if (terms.length === 0) gradients[dtype](1, count, 0, 0, 0, 0, to, 0)
    for (let i = 0; i < terms.length; i++) {
      const term = terms[i]
      if ('buffer' in term) {
        const at = term.buffer.pointer + from * bytes
        if (i === 0) heap.copy(at, to, count * bytes)
        else combinations[dtype](codes.combine.add, 1, count, to, 0, bytes, at, 0, bytes, to)
      } else {
        multiplyOut(gradients[dtype], term.left, term.right, bytes, from, count, to, i === 0 ? 0 : 1)
      }
    }
  }

  /** Visits the parameter with the summed gradient, in pieces of whole rows where it has factors. */
  function eachPiece(parameter: KernelOperand<Block>, terms: Terms, visit: Visit): void {
    const { size } = parameter
    if (size === 0) return
    const [only] = terms
    if (terms.length === 1 && 'buffer' in only) {
      visit(0, size, only.buffer.pointer)
      return
    }
    const dtype = parameter.dtype as 'float32'
    const piece = size <= CHUNK ? size : pieceOf(terms, size)
    const sum = heap.allocate(dtype, piece)
    try {
      for (let from = 0; from < size; from += piece) {
        const count = Math.min(piece, size - from)
        sumTerms(terms, dtype, from, count, sum.pointer)
        visit(from * bytesPerElement(dtype), count, sum.pointer)
      }
    } finally {
      heap.release(sum)
    }
  }

  /** Kept from one parameter to the next: all of a step have the same. */
  let corrected = correctionsOf(1, 0, 0)

  const adamBy =
    (isDecoupled: boolean): UpdateKernels<Block>['adam'] =>
    ({ parameter, firstMoment, secondMoment }, terms, params) => {
      const { learningRate, beta1, beta2, step, weightDecay } = params
      const epsilon = epsilonOf(params.epsilon, beta2, parameter.dtype)
      const f = fit(adam[parameter.dtype as 'float32'], TRAFFIC * parameter.size)
      const x = parameter.buffer.pointer
      const first = firstMoment.buffer.pointer
      const second = secondMoment.buffer.pointer
      if (step !== corrected.step || beta1 !== corrected.beta1 || beta2 !== corrected.beta2)
        corrected = correctionsOf(step, beta1, beta2)
      const rate = learningRate / corrected.first
      const scale = corrected.second
      const [rest1, rest2] = [1 - beta1, 1 - beta2]
      const added = isDecoupled ? 0 : weightDecay
      const taken = isDecoupled ? learningRate * weightDecay : 0
      const product = onlyProduct(terms)
      if (product !== null) {
        const { left, right } = product
        const [m, n, k] = [left.shape[1], right.shape[1], left.shape[0]]
        const [a, b] = [left.buffer.pointer, right.buffer.pointer]
        const whole = fit(adamFactors[parameter.dtype as 'float32'], m * n * (k + TRAFFIC))
        const last = module.factorPieces(m, n)
        // biome-ignore format: one argument list
        whole(m, n, k, a, b, x, first, second, rate, scale, beta1, rest1, beta2, rest2, epsilon, added, taken, 0, last)
        return
      }
      eachPiece(parameter, terms, (at, count, g) => {
        const [m, v] = [first + at, second + at]
        f(count, x + at, m, v, g, rate, scale, beta1, rest1, beta2, rest2, epsilon, added, taken)
      })
    }

  return {
    accumulate({ parameter }, terms, { weight, decay }) {
      const f = fit(accumulate[parameter.dtype as 'float32'], TRAFFIC * parameter.size)
      const x = parameter.buffer.pointer
      eachPiece(parameter, terms, (at, count, g) => f(count, x + at, g, weight, decay))
    },

    sgd({ parameter, velocity }, terms, { learningRate, momentum, weightDecay }) {
      const f = fit(sgd[parameter.dtype as 'float32'], TRAFFIC * parameter.size)
      const [x, v] = [parameter.buffer.pointer, velocity.buffer.pointer]
      const product = onlyProduct(terms)
      if (product !== null) {
        const { left, right } = product
        const [m, n, k] = [left.shape[1], right.shape[1], left.shape[0]]
        const [a, b] = [left.buffer.pointer, right.buffer.pointer]
        const whole = fit(sgdFactors[parameter.dtype as 'float32'], m * n * (k + TRAFFIC))
        whole(m, n, k, a, b, x, v, learningRate, momentum, weightDecay, 0, module.factorPieces(m, n))
        return
      }
      eachPiece(parameter, terms, (at, count, g) =>
        f(count, x + at, v + at, g, learningRate, momentum, weightDecay),
      )
    },

    adam: adamBy(false),
    adamW: adamBy(true),
  }
}

/** The factors of a gradient that is nothing else: one call of the module multiplies them out, piece by piece. */
function onlyProduct(terms: Terms): FactorOperands<Block> | null {
  if (terms.length !== 1) return null
  const [only] = terms
  return 'buffer' in only ? null : only
}

/** Corrections of the bias of Adam's moments: the first is divided by `first`, the root of the second multiplied by `second`. */
const correctionsOf = (step: number, beta1: number, beta2: number) => ({
  step,
  beta1,
  beta2,
  first: 1 - wholePower(beta1, step),
  second: 1 / Math.sqrt(1 - wholePower(beta2, step)),
})

function multiplyOut(
  gradient: WasmFunction,
  left: KernelOperand<Block>,
  right: KernelOperand<Block>,
  bytes: number,
  from: number,
  count: number,
  to: number,
  isAdded: 0 | 1,
): void {
  const rank = left.shape[0]
  const m = left.shape[1]
  const n = right.shape[1]
  const leftAt = left.buffer.pointer + (from / n) * bytes
  gradient(count / n, n, rank, leftAt, m * bytes, right.buffer.pointer, to, isAdded)
}

/** About a chunk, in whole rows of every product. */
function pieceOf(terms: Terms, size: number): number {
  const widths = terms.flatMap((term) => ('buffer' in term ? [] : [term.right.shape[1]]))
  const row = widths.reduce(leastCommonMultiple, 1)
  return Math.min(size, Math.max(1, Math.floor(CHUNK / row)) * row)
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return (a / x) * b
}
