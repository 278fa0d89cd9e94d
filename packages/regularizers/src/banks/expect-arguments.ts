import { formatShape, type Tensor } from '@facet/tensor'
import type { GeneratorBank } from './generator-bank.ts'

/** @throws RangeError unless x is floating-point rows [N, d] of the bank's dimension. */
export function expectSamples(
  { name, dimension }: Pick<GeneratorBank, 'name' | 'dimension'>,
  x: Tensor,
): void {
  if (x.rank === 2 && x.shape[1] === dimension && (x.dtype === 'float32' || x.dtype === 'float64')) return
  throw new RangeError(`${name}: x: expected floating-point [N, ${dimension}], got ${x}`)
}

/** @throws RangeError unless x is [N, d] and ε [N, B] of its dtype. */
export function expectAction(
  bank: Pick<GeneratorBank, 'name' | 'dimension' | 'size'>,
  x: Tensor,
  epsilon: Tensor,
): void {
  expectSamples(bank, x)
  const wanted = [x.shape[0], bank.size]
  if (formatShape(epsilon.shape) === formatShape(wanted) && epsilon.dtype === x.dtype) return
  throw new RangeError(`${bank.name}: epsilon: expected ${x.dtype} ${formatShape(wanted)}, got ${epsilon}`)
}
