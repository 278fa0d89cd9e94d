import type { Objective } from '@facet/models'
import { adam, autoencoder, reconstruction, Trainer } from '@facet/models'
import {
  contractive,
  denoising,
  higherOrderContractive,
  lieGroupFirstOrder,
  lieGroupOrbit,
  lieGroupSecondOrder,
  seriesBank,
} from '@facet/regularizers'
import type { Tensor } from '@facet/tensor'
import { parametersOf } from '../work/step.ts'

/** A training whose speed is held against that of its own beginning. */
export interface LastingCase {
  readonly name: string
  readonly input: number
  /** A training of its own from the first step on. */
  start(data: Tensor): Running
}

/** A trainer with what it is to give back. */
export interface Running {
  readonly trainer: Trainer
  release(): void
}

type Kind = readonly [name: string, objectives: (input: number) => Objective[], settings?: Settings]

interface Settings {
  readonly skip?: boolean
  readonly learningRate?: number
}

const kinds: readonly Kind[] = [
  ['ae', () => [reconstruction()]],
  // Thirty times the usual rate: within some hundred steps most units are off on every sample, and their moments decay.
  ['ae, rate 0.03', () => [reconstruction()], { learningRate: 0.03 }],
  ['denoising', () => [denoising()]],
  ['contractive', () => [reconstruction(), contractive()]],
  ['higherOrderContractive', () => [reconstruction(), higherOrderContractive()]],
  ['lieGroupFirstOrder', () => [reconstruction(), lieGroupFirstOrder()]],
  ['lieGroupSecondOrder', () => [reconstruction(), lieGroupSecondOrder()]],
  [
    'skip, orbit',
    (input) => [
      reconstruction(),
      lieGroupOrbit({ bank: seriesBank({ length: input, parts: 'W', zNormalised: false }) }),
    ],
    { skip: true },
  ],
]

const caseOf = ([name, objectives, settings = {}]: Kind, input: number): LastingCase => ({
  name: `${name}, d = ${input}`,
  input,
  start(data) {
    const model = autoencoder({
      input,
      bottleneck: 10,
      encoderHidden: [64, 64],
      decoderHidden: [64, 64, 64],
      seed: 'lasting',
      ...(settings.skip ? { skip: 'pca', data } : { bottleneckActivation: 'relu' }),
    })
    const objective = objectives(input)
    const { learningRate = 1e-3 } = settings
    const trainer = new Trainer(model, data, {
      epochs: 1e6,
      batchSize: 16,
      optimizer: adam({ learningRate }),
      objective,
      seed: 'lasting',
    })
    return {
      trainer,
      release() {
        trainer.release()
        for (const { value } of parametersOf(model, trainer, objective)) value.dispose()
      },
    }
  },
})

/** On d-64-64-10-64-64-64-d, d = 60 and 128. */
export const lastingCases = (quick: boolean): readonly LastingCase[] =>
  quick
    ? [caseOf(kinds[0], 60)]
    : kinds.flatMap((kind) =>
        (kind[0] === 'lieGroupSecondOrder' ? [60] : [60, 128]).map((d) => caseOf(kind, d)),
      )
