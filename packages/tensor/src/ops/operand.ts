import { activeBackend } from '../active-backend.ts'
import type { Backend } from '../backend.ts'
import { describe } from '../checks.ts'
import { tensor } from '../creation.ts'
import { aNumberOf, canHold, type DType } from '../dtype.ts'
import { recorder } from '../recorder.ts'
import { keep } from '../scope.ts'
import { Tensor } from '../tensor.ts'

/** What binary ops take: a number gets the dtype of the tensor beside it. */
export type Operand = Tensor | number

/**
 * Constants are few and come back every step: the first 1,024 of a dtype are uploaded once and stay. Those beyond them are
 * tensors like any other, released with their scope. Nothing that is here is ever released: a trace may still hold it.
 */
const CONSTANTS = 1024
const constants = new WeakMap<Backend, Map<DType, Map<number, Tensor>>>()

/** A scalar tensor. @throws TypeError if the dtype cannot hold the number. */
export function constant(op: string, value: number, dtype: DType): Tensor {
  if (typeof value !== 'number')
    throw new TypeError(`${op}: expected a tensor or a number, got ${describe(value)}`)
  if (!canHold(dtype, value))
    throw new TypeError(`${op}: ${value} is not ${aNumberOf(dtype)}; cast the tensor first`)
  const known = constantsOf(activeBackend(op), dtype)
  // A map takes −0 for 0, so −0 is made anew.
  const make = (): Tensor => tensor(value, { dtype })
  if (Object.is(value, -0)) return asConstant(make)
  const kept = known.get(value)
  if (kept !== undefined) return kept
  const made = asConstant(make)
  if (known.size < CONSTANTS) known.set(value, keep(made))
  return made
}

/** Numbers that are the same in every step of a recording. */
const asConstant = (make: () => Tensor): Tensor => recorder()?.uploading(make) ?? make()

function constantsOf(backend: Backend, dtype: DType): Map<number, Tensor> {
  let byType = constants.get(backend)
  if (byType === undefined) constants.set(backend, (byType = new Map()))
  let known = byType.get(dtype)
  if (known === undefined) byType.set(dtype, (known = new Map()))
  return known
}

/** Both operands as tensors of one dtype. @throws TypeError for two numbers. */
export function operands(op: string, a: Operand, b: Operand): [Tensor, Tensor] {
  if (a instanceof Tensor) return [a, b instanceof Tensor ? b : constant(op, b, a.dtype)]
  if (b instanceof Tensor) return [constant(op, a, b.dtype), b]
  throw new TypeError(`${op}: expected at least one tensor, got ${describe(a)} and ${describe(b)}`)
}
