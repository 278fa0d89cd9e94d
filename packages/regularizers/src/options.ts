import { anAmount } from '@facet/models'
import { oneOf, withDefault } from '@facet/tensor/checks'
import { normKinds } from './norms.ts'

/** λ of every term that is added to the reconstruction loss (docs/mathematics.md 4). */
export const weightRow = withDefault(anAmount(), 0.01)

/** λ of every term that moves the samples, or looks at how they would move (docs/mathematics.md 6.3). */
export const movedWeightRow = withDefault(anAmount(), 3)

/** Norm of the Jacobians of the contractive terms. */
export const normRow = withDefault(oneOf(normKinds), 'squared')
