import {
  identityActivation,
  key,
  leakyReluActivation,
  matmul,
  mean,
  square,
  sub,
  tensor,
} from '@facet/tensor'
import {
  Autoencoder,
  Dense,
  Network,
  type Objective,
  Parameter,
  Trainer,
  type TrainerOptions,
  type TrainingData,
} from '../../index.ts'

type Float = 'float32' | 'float64'

/** 3-3-3-3-3 whose first and third weight are one tensor. */
export function tiedModel(dtype: Float): Autoencoder {
  const weight = (seed: string) => key(seed).normal([3, 3], dtype)
  const shared = weight('shared')
  const layer = (name: string, value: typeof shared, isLast: boolean) =>
    new Dense({
      name,
      weight: value,
      bias: key(name).normal([3], dtype),
      activation: isLast ? identityActivation : leakyReluActivation(0.3),
    })
  const network = (name: string, first: typeof shared) =>
    new Network([layer(`${name}.0`, first, false), layer(`${name}.1`, weight(name), true)], name)
  return new Autoencoder(network('encoder', shared), network('decoder', shared))
}

/** A learned matrix, at a rate of its own, that is to do what the model does; its gradient comes as factors. */
export const learnedMatrix = (dtype: Float = 'float64'): Objective => ({
  name: 'learnedMatrix',
  start(model) {
    const values = key('matrix').normalArray(9)
    const matrix = new Parameter('matrix', tensor(values, { shape: [3, 3], dtype }), { learningRate: 0.02 })
    return {
      parameters: [matrix],
      loss({ x }) {
        const loss = mean(square(sub(matmul(x, matrix.value), model.reconstruct(x))))
        return { loss, values: { distance: loss } }
      },
      diagnostics: () => ({ trace: [0, 4, 8].map((i) => matrix.value.dataSync()[i]) }),
    }
  },
})

/** A run of `Trainer`, step by step. */
export function trainToEnd(model: Autoencoder, data: TrainingData, options: TrainerOptions) {
  const trainer = new Trainer(model, data, options)
  const parameters = () => [model, ...trainer.objectives].flatMap((owner) => owner.parameters)
  const values = () => parameters().map(({ value }) => value.dataSync())
  const start = values()
  const reports: ReturnType<typeof trainer.step>[] = []
  /** After every step, of every parameter. */
  const weights: ReturnType<typeof values>[] = []
  while (!trainer.complete) {
    reports.push(trainer.step())
    weights.push(values())
    if (trainer.epochDone) trainer.finishEpoch()
  }
  const { stepsPerEpoch } = trainer
  const history = trainer.finish()
  trainer.release()
  return { start, weights, reports, history, stepsPerEpoch, final: values() }
}
