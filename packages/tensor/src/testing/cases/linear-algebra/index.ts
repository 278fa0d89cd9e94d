import { spectralCases } from './spectral.ts'
import { systemCases } from './systems.ts'

export const linearAlgebraCases = { ...systemCases, ...spectralCases }
