import { formatShape, type Shape, Tensor } from '@facet/tensor'
import { describe, expectCount } from '@facet/tensor/checks'
import type { GeneratorBank } from './generator-bank.ts'

/** @throws TypeError or RangeError for what is no bank, naming the member that is not as {@link GeneratorBank} says. */
export function expectBank(operation: string, bank: GeneratorBank): void {
  if (typeof bank?.act !== 'function' || typeof bank.tangents !== 'function') {
    throw new TypeError(`${operation}: bank: expected seriesBank(), imageBank(), …, got ${describe(bank)}`)
  }
  const { size, dimension, settings, priorScale, measuredAlong } = bank
  if (measuredAlong !== undefined && typeof measuredAlong !== 'function') {
    throw new TypeError(
      `${operation}: bank.measuredAlong: expected a function or nothing, got ${describe(measuredAlong)}`,
    )
  }
  expectCount(operation, 'bank.size', size)
  expectCount(operation, 'bank.dimension', dimension)
  if (typeof settings !== 'object' || settings === null) {
    throw new TypeError(`${operation}: bank.settings: expected an object, got ${describe(settings)}`)
  }
  const isList = Array.isArray(priorScale) && priorScale.every((s) => Number.isFinite(s) && s > 0)
  if (isList && priorScale.length === size) return
  const got = Array.isArray(priorScale) ? `[${priorScale.join(', ')}]` : describe(priorScale)
  throw new RangeError(`${operation}: bank.priorScale: expected ${size} numbers above 0, got ${got}`)
}

/** @throws RangeError unless x is floating-point rows [N, d] of the bank's dimension. */
export function expectSamples(
  { name, dimension }: Pick<GeneratorBank, 'name' | 'dimension'>,
  x: Tensor,
): void {
  const isTensor = x instanceof Tensor
  if (
    isTensor &&
    x.rank === 2 &&
    x.shape[1] === dimension &&
    (x.dtype === 'float32' || x.dtype === 'float64')
  )
    return
  throw new RangeError(`${name}: x: expected floating-point [N, ${dimension}], got ${describe(x)}`)
}

/** @throws RangeError unless x is [N, d] and ε [N, B] of its dtype. */
export function expectAction(
  bank: Pick<GeneratorBank, 'name' | 'dimension' | 'size'>,
  x: Tensor,
  epsilon: Tensor,
): void {
  expectSamples(bank, x)
  expectLike(`${bank.name}: epsilon`, epsilon, [x.shape[0], bank.size], x)
}

/** What a bank made of samples x. @throws RangeError unless it has this shape and the dtype of x. */
export function expectMade(
  { name }: Pick<GeneratorBank, 'name'>,
  member: 'tangents' | 'measuredAlong' | 'act',
  made: Tensor,
  shape: Shape,
  x: Tensor,
): Tensor {
  expectLike(`${name}: ${member}`, made, shape, x)
  return made
}

function expectLike(what: string, value: Tensor, shape: Shape, { dtype }: Tensor): void {
  const isLike = value instanceof Tensor && formatShape(value.shape) === formatShape(shape)
  if (isLike && value.dtype === dtype) return
  throw new RangeError(`${what}: expected ${dtype} ${formatShape(shape)}, got ${describe(value)}`)
}
