import type { Op } from './op.ts'
import type { Tensor } from './tensor.ts'

/** A transform in progress: receives every op that one of its values goes into. */
export interface Interpreter {
  readonly level: number
  process<P>(op: Op<string, P>, inputs: readonly Tensor[], params: P): Tensor[]
}
