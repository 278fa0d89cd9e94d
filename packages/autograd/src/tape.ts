import { type Contribution, isFloat, type Tensor } from '@facet/tensor'
import { dispatch, type Interpreter, type Op, type OpName, TracedTensor } from '@facet/tensor/dispatch'
import { usedAfterTransform } from './after-transform.ts'
import { applyVjpRule, contribute, type Pending, type TapeEntry } from './apply-vjp-rule.ts'
import { reshapeContribution, sumOfContributions } from './contribution.ts'
import { vjpRules } from './vjp-rules.ts'

/** A value that was computed on a tape. */
class Variable extends TracedTensor {
  readonly interpreter: Tape
  readonly primal: Tensor
  readonly id: number

  constructor(interpreter: Tape, primal: Tensor, id: number) {
    super(primal.shape, primal.dtype)
    this.interpreter = interpreter
    this.primal = primal
    this.id = id
  }
}

/** Reverse mode: records the ops that its variables go into, then walks them backwards. */
export class Tape implements Interpreter {
  readonly level: number
  readonly #entries: TapeEntry[] = []
  #variables = 0
  #closed = false

  constructor(level: number) {
    this.level = level
  }

  /** A new variable with this value. The first ones made are the leaves: what is differentiated in. */
  variable(primal: Tensor): Variable {
    return new Variable(this, primal, this.#variables++)
  }

  process<P>(op: Op<string, P>, inputs: readonly Tensor[], params: P): Tensor[] {
    if (this.#closed) throw usedAfterTransform(op.name)
    const x = new Array<Tensor>(inputs.length)
    const inputIds = new Array<number>(inputs.length)
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i]
      const isOnTape = input instanceof Variable && input.interpreter === this
      x[i] = isOnTape ? input.primal : input
      inputIds[i] = isOnTape ? input.id : -1
    }
    const y = dispatch(op, x, params)
    if (vjpRules[op.name as OpName] === null) return y
    const outputs = new Array<Tensor>(y.length)
    const outputIds = new Array<number>(y.length)
    for (let o = 0; o < y.length; o++) {
      const isTraced = isFloat(y[o].dtype)
      outputIds[o] = isTraced ? this.#variables : -1
      outputs[o] = isTraced ? this.variable(y[o]) : y[o]
    }
    this.#entries.push({ op, x, y, params, inputIds, outputIds } as unknown as TapeEntry)
    return outputs
  }

  /** The traced function has returned: from here on an op of a variable is an error. */
  close(): void {
    this.#closed = true
  }

  /** The value of a variable of this tape; any other tensor is its own. */
  primal(t: Tensor): Tensor {
    return t instanceof Variable && t.interpreter === this ? t.primal : t
  }

  /** Every tensor that {@link pullBack} may read. */
  residuals(): Tensor[] {
    return this.#entries.flatMap(({ x, y }) => [...x, ...y])
  }

  /**
   * The contributions to the cotangents of the first `leaves` variables. Ops that no output depends on are passed over. The contributions
   * to any other variable are summed before the rule of its op runs; through `reshape` they pass one by one, so that factored products
   * stay factored.
   */
  pullBack(outputs: readonly Tensor[], cotangents: readonly Tensor[], leaves: number): Contribution[][] {
    const pending: Pending = new Array(this.#variables)
    for (let i = 0; i < outputs.length; i++) {
      const output = outputs[i]
      if (output instanceof Variable && output.interpreter === this)
        contribute(pending, output.id, cotangents[i])
    }
    for (let k = this.#entries.length - 1; k >= 0; k--) {
      const entry = this.#entries[k]
      const { op, x, inputIds, outputIds } = entry
      for (let o = 0; o < outputIds.length; o++) {
        const id = outputIds[o]
        const list = id < 0 ? undefined : pending[id]
        if (list === undefined) continue
        pending[id] = undefined
        if (op.name === 'reshape')
          for (const c of list) contribute(pending, inputIds[0], reshapeContribution(c, x[0].shape))
        else applyVjpRule(entry, sumOfContributions(list), o, pending)
      }
    }
    const contributions = new Array<Contribution[]>(leaves)
    for (let leaf = 0; leaf < leaves; leaf++) contributions[leaf] = pending[leaf] ?? []
    return contributions
  }
}
