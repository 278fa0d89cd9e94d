import type { CaseTable } from './case.ts'
import { contractionCases } from './contraction-cases.ts'
import { elementwiseCases } from './elementwise-cases.ts'
import { layoutCases } from './layout-cases.ts'
import { linearAlgebraCases } from './linear-algebra-cases.ts'
import { reductionCases } from './reduction-cases.ts'

/** What every op of every backend is tried with. */
export const cases: CaseTable = {
  ...elementwiseCases,
  ...reductionCases,
  ...contractionCases,
  ...layoutCases,
  ...linearAlgebraCases,
}
