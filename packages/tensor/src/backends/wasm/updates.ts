import type { Operand } from '../../operand.ts'
import type { ContributionOperand, UpdateKernels } from '../../update-table.ts'
import { type Block, bytesPerElement, type Heap } from './heap.ts'
import { floats } from './kernels/kernel.ts'
import { byDType, type Module } from './module.ts'

/** Elements of a summed gradient that exist at a time: 64 KB in float32, within the second-level cache. */
const CHUNK = 16384

type Terms = readonly ContributionOperand<Block>[]

/** In-place optimizers: one pass over parameter, moments and gradient, which is made piece by piece where it is a sum or a product. */
export function makeUpdates(heap: Heap, module: Module): UpdateKernels<Block> {
  const gradients = byDType(module, 'gradient', floats)
  const combinations = byDType(module, 'combine', floats)
  const [sgd, adam] = [byDType(module, 'sgd', floats), byDType(module, 'adam', floats)]

  /** Calls with the address of the summed gradient, in pieces of whole rows where it has factors. */
  function eachPiece(
    parameter: Operand<Block>,
    terms: Terms,
    visit: (offset: number, count: number, gradient: number) => void,
  ): void {
    if (parameter.size === 0) return
    const [only] = terms
    const bytes = bytesPerElement(parameter.dtype)
    if (terms.length === 1 && 'buffer' in only) {
      visit(0, parameter.size, only.buffer.pointer)
      return
    }
    const dtype = parameter.dtype as 'float32'
    const [gradient, combine] = [gradients[dtype], combinations[dtype]]
    const widths = terms.flatMap((term) => ('buffer' in term ? [] : [term.right.shape[1]]))
    const row = widths.reduce(leastCommonMultiple, 1)
    const piece = Math.min(parameter.size, Math.max(1, Math.floor(CHUNK / row)) * row)
    const sum = heap.allocate(parameter.dtype, piece)
    try {
      for (let from = 0; from < parameter.size; from += piece) {
        const count = Math.min(piece, parameter.size - from)
        // Of no terms the sum is a product of no columns: zero.
        if (terms.length === 0) gradient(1, count, 0, 0, 0, 0, sum.pointer, 0)
        let isFirst = true
        for (const term of terms) {
          if ('buffer' in term) {
            const at = term.buffer.pointer + from * bytes
            if (isFirst) heap.copy(at, sum.pointer, count * bytes)
            else combine(0, 1, count, sum.pointer, 0, bytes, at, 0, bytes, sum.pointer)
          } else {
            const { left, right } = term
            const [rank, m] = left.shape
            const n = right.shape[1]
            const leftAt = left.buffer.pointer + (from / n) * bytes
            gradient(
              count / n,
              n,
              rank,
              leftAt,
              m * bytes,
              right.buffer.pointer,
              sum.pointer,
              isFirst ? 0 : 1,
            )
          }
          isFirst = false
        }
        visit(from * bytes, count, sum.pointer)
      }
    } finally {
      heap.release(sum)
    }
  }

  return {
    sgd({ parameter, velocity }, terms, { learningRate, momentum, weightDecay }) {
      const f = sgd[parameter.dtype as 'float32']
      const [x, v] = [parameter.buffer.pointer, velocity.buffer.pointer]
      eachPiece(parameter, terms, (at, count, g) =>
        f(count, x + at, v + at, g, learningRate, momentum, weightDecay),
      )
    },

    adam(
      { parameter, firstMoment, secondMoment },
      terms,
      { learningRate, beta1, beta2, epsilon, step, weightDecay },
    ) {
      const f = adam[parameter.dtype as 'float32']
      const [x, first, second] = [parameter, firstMoment, secondMoment].map(({ buffer }) => buffer.pointer)
      const rate = learningRate / (1 - beta1 ** step)
      const scale = 1 / Math.sqrt(1 - beta2 ** step)
      const [rest1, rest2] = [1 - beta1, 1 - beta2]
      eachPiece(parameter, terms, (at, count, g) => {
        const [m, v] = [first + at, second + at]
        f(count, x + at, m, v, g, rate, scale, beta1, rest1, beta2, rest2, epsilon, weightDecay)
      })
    },
  }
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y !== 0) [x, y] = [y, x % y]
  return (a / x) * b
}
