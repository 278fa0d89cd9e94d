import type { Parameter } from '@facet/models'
import { abs, add, eye, max, mul, reshape, scope, sub, type Tensor, transpose } from '@facet/tensor'
import { expectMade } from '../banks/expect-arguments.ts'
import type { GeneratorBank } from '../banks/generator-bank.ts'
import type { GeneratorModel, GeneratorRequest } from './generator-model.ts'

/** Generators that are made of a bank's members on rows: their images [n, B, d] to [n, count, d]. */
interface OfMembers {
  readonly count: number
  readonly parameters: readonly Parameter[]
  readonly ofMembers: (images: Tensor) => Tensor
}

/**
 * A model that lets the bank's operators act and builds no matrix before somebody asks for one: n · B · d numbers a call instead of products
 * with count matrices d × d.
 */
export function bankGenerators(
  bank: GeneratorBank,
  { count, parameters, ofMembers }: OfMembers,
  { dtype }: GeneratorRequest,
): GeneratorModel {
  const { dimension } = bank
  const apply = (rows: Tensor): Tensor =>
    reshape(ofMembers(tangentsOf(bank, rows)), [rows.shape[0], count * dimension])
  return {
    count,
    parameters,
    apply,
    // Column j of G_k is what it makes of the unit vector e_j.
    matrices: () =>
      transpose(reshape(apply(eye(dimension, dtype)), [dimension, count, dimension]), [1, 2, 0]),
  }
}

/** The tangents of rows [n, d], [n, B, d]. @throws RangeError for a bank that makes others. */
function tangentsOf(bank: GeneratorBank, rows: Tensor): Tensor {
  const shape = [rows.shape[0], bank.size, bank.dimension]
  return expectMade(bank, 'tangents', bank.tangents(rows), shape, rows)
}

/** Where linear tangents differ by rounding: 1e-6 of the largest in float32; those that project on a sphere by 0.1 or more. */
const linearTo = 1e-3

/** @throws RangeError for a bank of another dimension than the data, or one whose tangents are not linear in x. */
export function expectLinear(
  operation: string,
  bank: GeneratorBank,
  { dimension, dtype, key }: GeneratorRequest,
): void {
  if (bank.dimension !== dimension) {
    throw new RangeError(
      `${operation}: bank: expected one of the data's dimension d = ${dimension}, got '${bank.name}' of d = ${bank.dimension}`,
    )
  }
  const apart = scope(() => {
    const [u, v] = ['u', 'v'].map((name) => key.child(name).normal([4, dimension], dtype))
    const parts = add(tangentsOf(bank, u), mul(tangentsOf(bank, v), 2))
    const whole = tangentsOf(bank, add(u, mul(v, 2)))
    return largestOf(sub(whole, parts)) / (largestOf(whole) || 1)
  })
  if (apart < linearTo) return
  throw new RangeError(
    `${operation}: bank: expected tangents G_b x that are linear in x, as a bank with zNormalised: false and without trends has; those of '${bank.name}' are not`,
  )
}

const largestOf = (x: Tensor): number => max(abs(x)).item()

/** What tells generators of a bank from those of another when a run is resumed. */
export const settingsOfBank = ({
  name,
  settings,
}: GeneratorBank): Record<string, number | string | boolean> => ({
  bank: name,
  ...Object.fromEntries(Object.entries(settings).map(([option, value]) => [`bank.${option}`, value])),
})
