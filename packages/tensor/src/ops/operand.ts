import type { Backend } from '../backend.ts'
import { describe } from '../checks.ts'
import { tensor } from '../creation.ts'
import { aNumberOf, canHold, type DType } from '../dtype.ts'
import { activeBackend } from '../engine.ts'
import { keep } from '../scope.ts'
import { Tensor } from '../tensor.ts'

/** What binary ops take: a number gets the dtype of the tensor beside it. */
export type Operand = Tensor | number

/** Constants are few and come back every step: uploaded once, 1,024 of them at most. */
const CONSTANTS = 1024
const constants = new Map<DType, Map<number, Tensor>>()
let owner: Backend | null = null

/** A scalar tensor. @throws TypeError if the dtype cannot hold the number. */
export function constant(op: string, value: number, dtype: DType): Tensor {
  if (typeof value !== 'number')
    throw new TypeError(`${op}: expected a tensor or a number, got ${describe(value)}`)
  if (!canHold(dtype, value))
    throw new TypeError(`${op}: ${value} is not ${aNumberOf(dtype)}; cast the tensor first`)
  const backend = activeBackend(op)
  if (owner !== backend) constants.clear()
  owner = backend
  let ofType = constants.get(dtype)
  if (ofType === undefined || ofType.size >= CONSTANTS) constants.set(dtype, (ofType = new Map()))
  const known = ofType.get(value)
  // A map takes −0 for 0, so −0 is made anew.
  if (known !== undefined && !Object.is(value, -0)) return known
  const made = keep(tensor(value, { dtype }))
  if (!Object.is(value, -0)) ofType.set(value, made)
  return made
}

/** Both operands as tensors of one dtype. @throws TypeError for two numbers. */
export function operands(op: string, a: Operand, b: Operand): [Tensor, Tensor] {
  if (a instanceof Tensor) return [a, b instanceof Tensor ? b : constant(op, b, a.dtype)]
  if (b instanceof Tensor) return [constant(op, a, b.dtype), b]
  throw new TypeError(`${op}: expected at least one tensor, got ${describe(a)} and ${describe(b)}`)
}
