export type { Batch, Objective, ObjectiveTerm } from './objective.ts'
export { reconstruction } from './reconstruction.ts'
export { sumOfObjectives } from './sum.ts'
