import { type Contribution, isFloat, type Shape, sum, Tensor } from '@facet/tensor'
import { dispatch, type Interpreter, type OpName, type OpParams, TracedTensor } from '@facet/tensor/dispatch'
import { usedAfterTransform } from './after-transform.ts'
import { inShape, materialise, reshapeContribution } from './contribution.ts'
import type { OpCall, PartialDerivative, Shared, Twice, VjpRule } from './rule.ts'
import { vjpRules } from './vjp-rules.ts'

/** A value on a tape. */
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

/** The rule of an op whatever its form, so that a step backwards need not find that out. */
interface Step {
  readonly twice: Twice<OpName>['twice'] | undefined
  readonly shared: Shared<OpName>['shared'] | undefined
  readonly partials:
    | PartialDerivative<OpName, Contribution>
    | readonly (PartialDerivative<OpName, Contribution> | null)[]
}

const steps = Object.fromEntries(
  Object.entries(vjpRules as Record<OpName, VjpRule<OpName>>).flatMap(([name, rule]) => {
    if (rule === null) return []
    const { twice, shared, partials = rule } = rule as Partial<Twice<OpName> & Shared<OpName>>
    return [[name, { twice, shared, partials }]]
  }),
) as Record<OpName, Step>

/** One op on the tape. */
interface Entry extends OpCall<OpName> {
  readonly name: OpName
  /** Variable of each input, −1 where it is not on the tape. */
  readonly from: readonly number[]
  /** Variable of each output, −1 where it left the trace. */
  readonly to: readonly number[]
}

/** Contributions to the cotangent of each variable, by id. */
type Pending = (Contribution[] | undefined)[]

/** Reverse mode: records the ops that its variables go into, then walks them backwards. */
export class Tape implements Interpreter {
  readonly level: number
  readonly #entries: Entry[] = []
  #variables = 0
  #closed = false

  constructor(level: number) {
    this.level = level
  }

  /** A new variable with this value. The first ones made are the leaves. */
  variable(primal: Tensor): Variable {
    return new Variable(this, primal, this.#variables++)
  }

  process<N extends OpName>(name: N, inputs: readonly Tensor[], params: OpParams[N]): Tensor[] {
    if (this.#closed) throw usedAfterTransform(name)
    const x = new Array<Tensor>(inputs.length)
    const from = new Array<number>(inputs.length)
    for (let i = 0; i < inputs.length; i++) {
      const input = inputs[i]
      const mine = input instanceof Variable && input.interpreter === this
      x[i] = mine ? input.primal : input
      from[i] = mine ? input.id : -1
    }
    const y = dispatch(name, x, params)
    if (vjpRules[name] === null) return y
    const outputs = new Array<Tensor>(y.length)
    const to = new Array<number>(y.length)
    for (let o = 0; o < y.length; o++) {
      const traced = isFloat(y[o].dtype)
      to[o] = traced ? this.#variables : -1
      outputs[o] = traced ? this.variable(y[o]) : y[o]
    }
    this.#entries.push({ name, x, y, params, from, to })
    return outputs
  }

  /** From here on a variable in an op is an error: the function that was traced has returned. */
  close(): void {
    this.#closed = true
  }

  /** The value under this tape's trace. */
  primal(t: Tensor): Tensor {
    return t instanceof Variable && t.interpreter === this ? t.primal : t
  }

  /** Every tensor that {@link pullBack} may read. */
  residuals(): Tensor[] {
    return this.#entries.flatMap(({ x, y }) => [...x, ...y])
  }

  /**
   * Contributions to the cotangents of the first `leaves` variables. Ops that no output depends on are passed over; what
   * is not a leaf is summed before its rule runs, except that factored products pass through `reshape` as they are.
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
      for (let o = 0; o < entry.to.length; o++) {
        const list = entry.to[o] < 0 ? undefined : pending[entry.to[o]]
        if (list === undefined) continue
        pending[entry.to[o]] = undefined
        if (entry.name !== 'reshape') pullThrough(entry, materialise(list), o, pending)
        else
          for (const c of list) contribute(pending, entry.from[0], reshapeContribution(c, entry.x[0].shape))
      }
    }
    const contributions = new Array<Contribution[]>(leaves)
    for (let leaf = 0; leaf < leaves; leaf++) contributions[leaf] = pending[leaf] ?? []
    return contributions
  }
}

function contribute(pending: Pending, id: number, contribution: Contribution): void {
  const list = pending[id]
  if (list === undefined) pending[id] = [contribution]
  else list.push(contribution)
}

function pullThrough(entry: Entry, g: Tensor, output: number, pending: Pending): void {
  const { twice, shared, partials } = steps[entry.name]
  if (twice !== undefined && entry.from[0] === entry.from[1]) {
    const both = twice(g, entry)
    if (both !== null) {
      contribute(pending, entry.from[0], both)
      return
    }
  }
  const cotangent = shared === undefined ? g : shared(g, entry)
  for (let i = 0; i < entry.from.length; i++) {
    const partial = entry.from[i] < 0 ? null : typeof partials === 'function' ? partials : partials[i]
    if (partial === null) continue
    const c = partial(cotangent, entry, i, output)
    contribute(pending, entry.from[i], c instanceof Tensor ? unbroadcast(c, entry.x[i].shape) : c)
  }
}

/** Sums over the axes along which `shape` was stretched. */
function unbroadcast(g: Tensor, shape: Shape): Tensor {
  const lead = g.rank - shape.length
  const axes: number[] = []
  for (let axis = 0; axis < g.rank; axis++) {
    if (axis < lead || (shape[axis - lead] === 1 && g.shape[axis] !== 1)) axes.push(axis)
  }
  return axes.length === 0 ? g : inShape(sum(g, axes), shape)
}
