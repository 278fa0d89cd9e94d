import { add, broadcastTo, isFloat, type Shape, type Tensor } from '@facet/tensor'
import {
  dispatch,
  type Interpreter,
  type OpName,
  type OpParams,
  sameShape,
  TracedTensor,
} from '@facet/tensor/dispatch'
import { usedAfterTransform } from './after-transform.ts'
import { jvpRules } from './jvp-rules.ts'
import type { JvpRule } from './rule.ts'

/** A value and its tangent. A value whose tangent is zero is no dual but the plain value. */
class Dual extends TracedTensor {
  readonly interpreter: JvpInterpreter
  readonly primal: Tensor
  readonly tangent: Tensor

  constructor(interpreter: JvpInterpreter, primal: Tensor, tangent: Tensor) {
    super(primal.shape, primal.dtype)
    this.interpreter = interpreter
    this.primal = primal
    this.tangent = tangent
  }
}

/** A partial may answer in a shape that broadcasts to the output's; mostly it is the output's, and needs no view. */
const stretched = (t: Tensor, shape: Shape): Tensor => (sameShape(t.shape, shape) ? t : broadcastTo(t, shape))

/** JvpInterpreter mode: carries tangents along. */
export class JvpInterpreter implements Interpreter {
  readonly level: number
  #closed = false

  constructor(level: number) {
    this.level = level
  }

  dual(primal: Tensor, tangent: Tensor): Tensor {
    return new Dual(this, primal, tangent)
  }

  process<N extends OpName>(name: N, inputs: readonly Tensor[], params: OpParams[N]): Tensor[] {
    if (this.#closed) throw usedAfterTransform(name)
    const x = inputs.map((input) => this.primal(input))
    const y = dispatch(name, x, params)
    const rule: JvpRule<N> = jvpRules[name]
    if (rule === null) return y
    const call = { x, y, params }
    return y.map((primal, o) => {
      if (!isFloat(primal.dtype)) return primal
      let total: Tensor | null = null
      for (let i = 0; i < inputs.length; i++) {
        const t = this.tangent(inputs[i])
        const partial = typeof rule === 'function' ? rule : rule[i]
        if (t === null || partial === null) continue
        const term = partial(t, call, i, o)
        total = total === null ? term : add(total, term)
      }
      return total === null ? primal : this.dual(primal, stretched(total, primal.shape))
    })
  }

  /** From here on a dual in an op is an error: the function that was traced has returned. */
  close(): void {
    this.#closed = true
  }

  primal(t: Tensor): Tensor {
    return t instanceof Dual && t.interpreter === this ? t.primal : t
  }

  /** `null` for zero. */
  tangent(t: Tensor): Tensor | null {
    return t instanceof Dual && t.interpreter === this ? t.tangent : null
  }
}
