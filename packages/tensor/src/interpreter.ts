import type { OpName, OpParams } from './op-params.ts'
import type { Tensor } from './tensor.ts'

/** A transform in progress: receives every op that one of its values goes into. */
export interface Interpreter {
  readonly level: number
  process<N extends OpName>(name: N, inputs: readonly Tensor[], params: OpParams[N]): Tensor[]
}
