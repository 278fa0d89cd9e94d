import { anAmount } from '@facet/models'
import { oneOf, withDefault } from '@facet/tensor/checks'
import { normKinds } from './norms.ts'

/** λ of every term that is added to the reconstruction loss (SPEC 3, Weights). */
export const weightRow = withDefault(anAmount(), 0.01)

/** λ of every term that moves the samples, or looks at how they would move (SPEC 6.3). */
export const movedWeightRow = withDefault(anAmount(), 3)

/** Norm of the Jacobians of the contractive terms. */
export const normRow = withDefault(oneOf(normKinds), 'squared')
