import type { NamedRuns } from '../objectives/sum.ts'
import { accumulatedStep, GradientSums } from './accumulation.ts'
import { clipOf } from './clip-gradient.ts'
import { type Execution, Gradients } from './gradients.ts'
import type { StepPosition } from './loss-step.ts'
import type { OptimizerRun } from './optimizer.ts'
import type { ResolvedOptions } from './options.ts'
import type { Samples } from './samples.ts'
import { type StepContext, trainStep } from './step.ts'
import type { TrainedParameters } from './tied.ts'

/** How a step is carried out. */
export interface Steps {
  run(indices: Int32Array, at: StepPosition, isRead: boolean): Record<string, number>
  readonly execution: Execution
  release(): void
}

type StepsOf = (
  context: StepContext,
  problem: {
    readonly train: Samples
    readonly objectives: NamedRuns
    readonly parameters: TrainedParameters
  },
  optimizer: OptimizerRun,
  options: Pick<ResolvedOptions, 'replay' | 'clipGradient' | 'batchSize' | 'accumulate'>,
) => Steps

/** Of one batch. */
const wholeSteps: StepsOf = (context, problem, optimizer, { replay, clipGradient }) => {
  const clip = clipGradient ? clipOf(clipGradient) : null
  const gradients = new Gradients({ ...problem, clip, target: optimizer }, replay)
  return {
    run: (indices, at, isRead) => trainStep(context, gradients, indices, at, isRead),
    get execution() {
      return gradients.execution
    },
    release: () => gradients.release(),
  }
}

/** Of several batches, whose gradients are clipped when they have been summed up. */
const accumulatedSteps: StepsOf = (context, problem, optimizer, { replay, clipGradient, batchSize }) => {
  const clip = clipGradient ? clipOf(clipGradient) : null
  const sums = new GradientSums(problem.parameters)
  const gradients = new Gradients({ ...problem, clip: null, target: sums }, replay)
  const accumulation = { batchSize, gradients, sums, clip, optimizer }
  return {
    run: (indices, at, isRead) => accumulatedStep(context, accumulation, indices, at, isRead),
    get execution() {
      return gradients.execution
    },
    release() {
      gradients.release()
      sums.release()
    },
  }
}

/** The steps that the options ask for. */
export const stepsOf: StepsOf = (context, problem, optimizer, options) =>
  (options.accumulate === 1 ? wholeSteps : accumulatedSteps)(context, problem, optimizer, options)
