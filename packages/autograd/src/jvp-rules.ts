import type { OpName } from '@facet/tensor/dispatch'
import { contractionJvp } from './rules/contraction.ts'
import { convolutionJvp } from './rules/convolution.ts'
import { elementwiseJvp, elementwiseRules } from './rules/elementwise.ts'
import { layoutJvp, layoutRules } from './rules/layout.ts'
import { linearAlgebraJvp, linearAlgebraRules } from './rules/linear-algebra.ts'
import { orderingJvp, orderingRules } from './rules/ordering.ts'
import { piecewiseAffineJvp, piecewiseAffineRules } from './rules/piecewise-affine.ts'
import { poolingJvp } from './rules/pooling.ts'
import { reductionJvp, reductionRules } from './rules/reduction.ts'
import type { JvpRule } from './rules/rule.ts'

/** Forward mode: what the tangent of each input of an op contributes to the tangents of its outputs. A missing rule is a compile error. */
export const jvpRules: { readonly [N in OpName]: JvpRule<N> } = {
  ...elementwiseRules,
  ...elementwiseJvp,
  ...reductionRules,
  ...reductionJvp,
  ...contractionJvp,
  ...convolutionJvp,
  ...poolingJvp,
  ...layoutRules,
  ...layoutJvp,
  ...orderingRules,
  ...orderingJvp,
  ...piecewiseAffineRules,
  ...piecewiseAffineJvp,
  ...linearAlgebraRules,
  ...linearAlgebraJvp,
}
