export { type Amount, amountAt, amountSetting, anAmount } from './amount.ts'
export { crossEntropy } from './cross-entropy.ts'
export { meanSquaredError } from './mean-squared-error.ts'
export type {
  AnyObjective,
  Batch,
  LossFunction,
  LossStep,
  Objective,
  ObjectiveRun,
  ObjectiveTerm,
  TrainedBy,
} from './objective.ts'
export { reconstruction } from './reconstruction.ts'
export { type RunsOf, type SumRun, sumOfObjectives } from './sum.ts'
