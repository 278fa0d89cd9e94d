import { type Contribution, type Shape, sum, Tensor } from '@facet/tensor'
import type { OpName } from '@facet/tensor/dispatch'
import { inShape } from './contribution.ts'
import type { OpCall, PartialDerivative, ProductVjpRule, SharedVjpRule, VjpRule } from './rules/rule.ts'
import { vjpRules } from './vjp-rules.ts'

/** One op on a tape. */
export interface TapeEntry extends OpCall<OpName> {
  /** Variable of each input, −1 where it is not on the tape. */
  readonly inputIds: readonly number[]
  /** Variable of each output, −1 where it is not traced. */
  readonly outputIds: readonly number[]
}

/** Contributions to the cotangent of each variable, by its number, that are yet to be summed. */
export type Pending = (Contribution[] | undefined)[]

/** The rule of an op, of whichever form, with the same members: found out once and not in every step backwards. */
interface AnyVjpRule {
  readonly ofSquare: ProductVjpRule<OpName>['ofSquare'] | undefined
  readonly shared: SharedVjpRule<OpName>['shared'] | undefined
  readonly partials:
    | PartialDerivative<OpName, Contribution>
    | readonly (PartialDerivative<OpName, Contribution> | null)[]
}

const rules = Object.fromEntries(
  Object.entries(vjpRules as Record<OpName, VjpRule<OpName>>).flatMap(([op, rule]) => {
    if (rule === null) return []
    const {
      ofSquare,
      shared,
      partials = rule,
    } = rule as Partial<ProductVjpRule<OpName> & SharedVjpRule<OpName>>
    return [[op, { ofSquare, shared, partials }]]
  }),
) as Record<OpName, AnyVjpRule>

/** Adds a term to the cotangent of variable `id`. */
export function contribute(pending: Pending, id: number, contribution: Contribution): void {
  const list = pending[id]
  if (list === undefined) pending[id] = [contribution]
  else list.push(contribution)
}

/** Adds what the cotangent `g` of output number `output` contributes to the inputs that are on the tape. */
export function applyVjpRule(entry: TapeEntry, g: Tensor, output: number, pending: Pending): void {
  const { op, x, inputIds } = entry
  const { ofSquare, shared, partials } = rules[op.name]
  if (ofSquare !== undefined && inputIds[0] === inputIds[1]) {
    const both = ofSquare(g, entry)
    if (both !== null) {
      contribute(pending, inputIds[0], both)
      return
    }
  }
  const cotangent = shared === undefined ? g : shared(g, entry)
  for (let i = 0; i < inputIds.length; i++) {
    const partial = inputIds[i] < 0 ? null : typeof partials === 'function' ? partials : partials[i]
    if (partial === null) continue
    const c = partial(cotangent, entry, i, output)
    contribute(pending, inputIds[i], c instanceof Tensor ? unbroadcast(c, x[i].shape) : c)
  }
}

/** The sum over the axes along which a tensor of this shape was broadcast. */
function unbroadcast(g: Tensor, shape: Shape): Tensor {
  const lead = g.rank - shape.length
  const axes: number[] = []
  for (let axis = 0; axis < g.rank; axis++) {
    if (axis < lead || (shape[axis - lead] === 1 && g.shape[axis] !== 1)) axes.push(axis)
  }
  return axes.length === 0 ? g : inShape(sum(g, axes), shape)
}
