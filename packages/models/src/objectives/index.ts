export { type Amount, amountAt, amountSetting, anAmount } from './amount.ts'
export type { Batch, LossStep, Objective, ObjectiveRun, ObjectiveTerm } from './objective.ts'
export { reconstruction } from './reconstruction.ts'
export { type RunsOf, type SumRun, sumOfObjectives } from './sum.ts'
