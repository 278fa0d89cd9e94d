import type { OpName } from '@facet/tensor/dispatch'
import { contractionVjp } from './rules/contraction.ts'
import { convolutionVjp } from './rules/convolution.ts'
import { elementwiseRules, elementwiseVjp } from './rules/elementwise.ts'
import { layoutRules, layoutVjp } from './rules/layout.ts'
import { linearAlgebraRules, linearAlgebraVjp } from './rules/linear-algebra.ts'
import { orderingRules, orderingVjp } from './rules/ordering.ts'
import { piecewiseAffineRules, piecewiseAffineVjp } from './rules/piecewise-affine.ts'
import { poolingVjp } from './rules/pooling.ts'
import { reductionRules, reductionVjp } from './rules/reduction.ts'
import type { VjpRule } from './rules/rule.ts'

/**
 * Reverse mode: what the cotangent of each output of an op contributes to the cotangents of its inputs. A missing rule is a compile error.
 */
export const vjpRules: { readonly [N in OpName]: VjpRule<N> } = {
  ...elementwiseRules,
  ...elementwiseVjp,
  ...reductionRules,
  ...reductionVjp,
  ...contractionVjp,
  ...convolutionVjp,
  ...poolingVjp,
  ...layoutRules,
  ...layoutVjp,
  ...orderingRules,
  ...orderingVjp,
  ...piecewiseAffineRules,
  ...piecewiseAffineVjp,
  ...linearAlgebraRules,
  ...linearAlgebraVjp,
}
