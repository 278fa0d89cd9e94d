import type { CaseTable } from '../case.ts'
import { contractionCases } from './contraction.ts'
import { convolutionCases } from './convolution.ts'
import { elementwiseCases } from './elementwise.ts'
import { layoutCases } from './layout/index.ts'
import { linearAlgebraCases } from './linear-algebra/index.ts'
import { orderingCases } from './ordering.ts'
import { piecewiseAffineCases } from './piecewise-affine.ts'
import { poolingCases } from './pooling.ts'
import { reductionCases } from './reduction.ts'

/** What every op is tried with. */
export const cases: CaseTable = {
  ...elementwiseCases,
  ...reductionCases,
  ...contractionCases,
  ...layoutCases,
  ...orderingCases,
  ...piecewiseAffineCases,
  ...linearAlgebraCases,
  ...convolutionCases,
  ...poolingCases,
}
