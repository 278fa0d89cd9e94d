export { type AdamOptions, adam } from './adam.ts'
export { type AdamWOptions, adamW } from './adam-w.ts'
export { checkpointWeights } from './checkpoint.ts'
export type { ClipGradient } from './clip-gradient.ts'
export { defaultBatchSize, defaultEpochs } from './defaults.ts'
export { fit } from './fit.ts'
export type { Execution } from './gradients.ts'
export type { EpochRecord, History, StepReport } from './history.ts'
export { liveUnits } from './live-units.ts'
export { NotFiniteError } from './not-finite-error.ts'
export type { OnlineState } from './online-state.ts'
export { type OnlineOptions, type OnlineReport, OnlineTrainer } from './online-trainer.ts'
export type { Moments, Optimizer, OptimizerRun, Update } from './optimizer.ts'
export type {
  AnyObjectiveOption,
  FitOptions,
  LearningOptions,
  ObjectiveOption,
  StartedObjectives,
  TrainerOptions,
} from './options.ts'
export { classificationAccuracy, predictionError } from './prediction-error.ts'
export type { Progress } from './progress.ts'
export { reconstructionError } from './reconstruction-error.ts'
export type { GivenSamples, Samples, TrainingData } from './samples.ts'
export {
  constant,
  cosineDecay,
  type Schedule,
  type StepDecayOptions,
  scaled,
  stepDecay,
  warmup,
} from './schedule.ts'
export { type SgdOptions, sgd } from './sgd.ts'
export type { HostArray } from './state.ts'
export { Trainer } from './trainer.ts'
export { Slice } from './yield.ts'
