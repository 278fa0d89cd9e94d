export { type Amount, amountAt, amountSetting, anAmount } from './amount.ts'
export { crossEntropy } from './cross-entropy.ts'
export type { LossFunction } from './loss-function.ts'
export { meanSquaredError } from './mean-squared-error.ts'
export type {
  AnyObjective,
  Batch,
  LossStep,
  Objective,
  ObjectiveRun,
  ObjectiveTerm,
  TrainedBy,
} from './objective.ts'
export { reconstruction } from './reconstruction.ts'
export { type RunsOf, type SumRun, sumOfObjectives } from './sum.ts'
