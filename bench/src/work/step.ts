import type { Autoencoder, Objective, ObjectiveRun, Parameter, Trainer } from '@facet/models'
import { init, key, type Tensor, tensor } from '@facet/tensor'
import { type Library, ours } from './library.ts'
import type { Arrays, HostArray, ObjectiveName, StepWork } from './work.ts'

/** Of first weights, order of samples and draws. */
export const seed = 'bench'

/** An epoch ends with a look at all weights: 200 steps of batch 16 apart it is under 1 % of the time. */
export const trainingRows = 3200

/** Steps whose losses are compared before timing: the third needs two whole gradients and Adam updates. */
export const checkedSteps = 3

/** Losses to minimise, every setting at its default. */
export const objectivesOf: Readonly<Record<ObjectiveName, (library: Library) => Objective[]>> = {
  ae: ({ models }) => [models.reconstruction()],
  denoising: ({ regularizers }) => [regularizers.denoising()],
  contractive: ({ models, regularizers }) => [models.reconstruction(), regularizers.contractive()],
  higherOrderContractive: ({ models, regularizers }) => [
    models.reconstruction(),
    regularizers.higherOrderContractive(),
  ],
  lieGroupFirstOrder: ({ models, regularizers }) => [
    models.reconstruction(),
    regularizers.lieGroupFirstOrder(),
  ],
  lieGroupSecondOrder: ({ models, regularizers }) => [
    models.reconstruction(),
    regularizers.lieGroupSecondOrder(),
  ],
}

/** A model about to be trained, on the active backend. */
export interface Training {
  /** All that is trained: the model's, then the objectives' own. */
  readonly parameters: readonly Parameter[]
  readonly trainer: Trainer
}

/**
 * `data` [rows, d] lives on the active backend, in the dtype to train in.
 *
 * @param replay whether steps may be recorded and replayed, as `fit` does
 * @param library whose packages; `data` is a tensor of that one
 */
export function startTraining(
  work: StepWork,
  data: Tensor,
  replay = true,
  library: Library = ours,
): Training {
  const { adam, autoencoder, Trainer } = library.models
  const { input, bottleneck, encoderHidden, decoderHidden, batch } = work
  const dtype = data.dtype as 'float32' | 'float64'
  // The paper's net, and the one that every peer builds.
  const bottleneckActivation = 'relu'
  const sizes = { input, bottleneck, encoderHidden, decoderHidden }
  const model = autoencoder({ ...sizes, bottleneckActivation, seed, dtype })
  const objective = objectivesOf[work.objective](library)
  const trainer = new Trainer(model, data, {
    epochs: 1e6,
    batchSize: batch,
    optimizer: adam(),
    objective,
    seed,
    replay,
  })
  return { parameters: parametersOf(model, trainer, objective), trainer }
}

/** What is added to the squared error, before its weight, as a sum of reported values: a loss of 1 hides what λ = 0.01 leaves of it. */
const penalties: Readonly<Record<ObjectiveName, readonly string[]>> = {
  ae: [],
  denoising: [],
  contractive: ['contractive'],
  higherOrderContractive: ['contractive', 'higherOrder'],
  lieGroupFirstOrder: ['lieGroupFirstOrder'],
  lieGroupSecondOrder: ['lieGroupSecondOrder'],
}

/** Numbers of one step that are compared: loss, mean squared error, and the penalty where there is one. */
export function groupsOfStep({ objective }: StepWork): (place: number) => number {
  const numbers = penalties[objective].length === 0 ? 2 : 3
  return (place) => place % numbers
}

/** Those of the first steps. */
export function firstLosses({ objective }: StepWork, { trainer }: Pick<Training, 'trainer'>): number[] {
  const added = penalties[objective]
  return Array.from({ length: checkedSteps }, () => {
    const { values } = trainer.step()
    const penalty = added.reduce((sum, name) => sum + values[name], 0)
    return [values.loss, values.mse, ...(added.length === 0 ? [] : [penalty])]
  }).flat()
}

/** Objectives of 0.1.0, which may be the checkout before, were their own runs. */
export const parametersOf = (
  model: Autoencoder,
  trainer: Trainer,
  objectives: readonly Objective[],
): Parameter[] =>
  [model, ...(trainer.objectives ?? (objectives as unknown as ObjectiveRun[]))].flatMap(
    ({ parameters }) => parameters,
  )

export function endTraining({ parameters, trainer }: Training): void {
  trainer.release()
  for (const { value } of parameters) value.dispose()
}

/** Training samples in float64: float32 numbers, so that every dtype trains on the same. */
function samples({ input }: StepWork): Float32Array {
  return Float32Array.from(key('step data').normalArray(trainingRows * input))
}

/**
 * What a library needs to do the same: every parameter under its name, `data`, and for step s of those compared `x<s>`
 * and its draws `noise<s>`, or `theta<s>` and `thetaPrime<s>`, which are those that `Trainer` makes.
 */
export async function stepInputs(work: StepWork): Promise<Arrays> {
  await init({ backend: 'reference' })
  const values = samples(work)
  const data = tensor(values, { shape: [trainingRows, work.input] })
  const training = startTraining(work, data)
  const arrays: Record<string, HostArray> = { data: { shape: data.shape, values } }
  for (const { name, value } of training.parameters) {
    arrays[name.endsWith('.generators') ? 'generators' : name] = hostArray(value)
  }
  endTraining(training)
  data.dispose()
  const order = key(seed).child('shuffle', 0).permutation(trainingRows)
  for (let step = 0; step < checkedSteps; step++) {
    const rows = order.subarray(step * work.batch, (step + 1) * work.batch)
    arrays[`x${step}`] = {
      shape: [work.batch, work.input],
      values: Float32Array.from({ length: work.batch * work.input }, (_, i) => {
        return values[rows[Math.floor(i / work.input)] * work.input + (i % work.input)]
      }),
    }
    Object.assign(arrays, drawsOf(work, step))
  }
  return arrays
}

function drawsOf({ objective, batch, input, bottleneck }: StepWork, step: number): Arrays {
  const steps = key(seed).child('step', step)
  const normal = (own: ReturnType<typeof key>, shape: number[]): HostArray => {
    const values = Float32Array.from(own.normalArray(shape.reduce((a, b) => a * b)))
    return { shape, values }
  }
  if (objective === 'ae' || objective === 'contractive') return {}
  if (objective === 'denoising' || objective === 'higherOrderContractive') {
    const own = steps.child(objective === 'denoising' ? 0 : 1).child('corruption')
    return { [`noise${step}`]: normal(own, [batch, input]) }
  }
  const shape = [batch, bottleneck]
  const theta = normal(steps.child(1).child('theta'), shape)
  const move = normal(steps.child(1).child('thetaPrime'), shape)
  const thetaPrime = {
    shape,
    values: theta.values.map((value, i) => value + Math.fround(0.1) * move.values[i]),
  }
  return { [`theta${step}`]: theta, [`thetaPrime${step}`]: thetaPrime }
}

function hostArray(t: Tensor): HostArray {
  return { shape: t.shape, values: Float32Array.from(t.dataSync()) }
}

/** Losses and penalties of the first steps on the reference backend in float64. */
export async function stepExpected(work: StepWork): Promise<Float64Array> {
  await init({ backend: 'reference' })
  const data = tensor(Float64Array.from(samples(work)), { shape: [trainingRows, work.input] })
  const training = startTraining(work, data)
  const losses = firstLosses(work, training)
  endTraining(training)
  data.dispose()
  return Float64Array.from(losses)
}
