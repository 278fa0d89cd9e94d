import { add, broadcastTo, isFloat, type Shape, type Tensor } from '@facet/tensor'
import {
  dispatch,
  type Interpreter,
  type Op,
  type OpName,
  sameShape,
  TracedTensor,
} from '@facet/tensor/dispatch'
import { usedAfterTransform } from './after-transform.ts'
import { jvpRules } from './jvp-rules.ts'
import type { JvpRule, OpCall } from './rules/rule.ts'

/** A value and its tangent. A value whose tangent is 0 is left as it is. */
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

/** A tangent in the shape of its output, to which it may have to be broadcast; mostly it need not, and no view is made. */
const broadcastTangent = (t: Tensor, shape: Shape): Tensor =>
  sameShape(t.shape, shape) ? t : broadcastTo(t, shape)

/** Forward mode: computes the tangent of each output along with its value. */
export class JvpInterpreter implements Interpreter {
  readonly level: number
  #closed = false

  constructor(level: number) {
    this.level = level
  }

  /** A value with a tangent in the same shape and dtype. */
  dual(primal: Tensor, tangent: Tensor): Tensor {
    return new Dual(this, primal, tangent)
  }

  process<P>(op: Op<string, P>, inputs: readonly Tensor[], params: P): Tensor[] {
    if (this.#closed) throw usedAfterTransform(op.name)
    const x = inputs.map((input) => this.primal(input))
    const y = dispatch(op, x, params)
    const rule = jvpRules[op.name as OpName] as JvpRule<OpName>
    if (rule === null) return y
    const call = { op, x, y, params } as unknown as OpCall<OpName>
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
      return total === null ? primal : this.dual(primal, broadcastTangent(total, primal.shape))
    })
  }

  /** The traced function has returned: from here on an op of a dual is an error. */
  close(): void {
    this.#closed = true
  }

  /** The value of a dual of this interpreter; any other tensor is its own. */
  primal(t: Tensor): Tensor {
    return t instanceof Dual && t.interpreter === this ? t.primal : t
  }

  /** The tangent of a dual of this interpreter; `null` of any other tensor, whose tangent is 0. */
  tangent(t: Tensor): Tensor | null {
    return t instanceof Dual && t.interpreter === this ? t.tangent : null
  }
}
