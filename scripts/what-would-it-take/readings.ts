import type { InitialisationName } from '@facet/models'

/** What is done to the series of the files, which are z-normalised with n − 1. */
export type Normalisation = 'sample' | 'population' | 'unit'

/** What a training depends on beside its set, its run and its objective. */
export interface Training {
  readonly learningRate: number
  readonly width: number
  readonly bottleneckActivation: 'relu' | 'identity'
  readonly initialisation: InitialisationName
  readonly decoderBias: 'default' | 'normal'
  readonly normalisation: Normalisation
  /** Which fifth of the training part is held out: drawn by seed, the end of the file, or none. */
  readonly heldOut: 'random' | 'last' | 'none'
}

/** How the error of a trained model is told. */
export type Scaling = 'meanSquare' | 'half' | 'rootMeanSquare' | 'rootPerSample' | 'absolute' | 'summed'

/** One reading of what the paper does not state: a training, which of its epochs is tested, and how the error is told. */
export interface Reading {
  readonly name: string
  readonly training: Training
  /** Only so many epochs. */
  readonly epochs: number
  /** Of the validation error, or the last one. */
  readonly epoch: 'best' | 'last'
  readonly scaling: Scaling
}

/** The protocol of `facet reproduce` at the paper's 125 epochs (docs/mathematics.md 7.1). */
export const protocol: Reading = {
  name: 'protocol',
  training: {
    learningRate: 1e-3,
    width: 64,
    bottleneckActivation: 'relu',
    initialisation: 'torchUniform',
    decoderBias: 'default',
    normalisation: 'sample',
    heldOut: 'random',
  },
  epochs: 125,
  epoch: 'best',
  scaling: 'meanSquare',
}

const trained = (name: string, own: Partial<Training>): Reading => ({
  ...protocol,
  name,
  training: { ...protocol.training, ...own },
})

/** Scalings by their names, with what they are called in tables. */
export const scalings: Readonly<Record<Scaling, string>> = {
  meanSquare: 'mean square',
  half: 'half the mean square',
  rootMeanSquare: 'root mean square',
  rootPerSample: 'root mean square of each sample',
  absolute: 'mean absolute error',
  summed: 'squares summed over dimensions',
}

/** Readings that differ from the protocol in one thing, by what that is. */
export const single: Readonly<Record<string, readonly Reading[]>> = {
  protocol: [protocol],
  'learning rate': [1e-5, 1e-4, 3e-4, 3e-3, 1e-2, 3e-2, 1e-1].map((learningRate) =>
    trained(`rate ${learningRate}`, { learningRate }),
  ),
  'validation part': [
    trained('the last fifth of the file held out', { heldOut: 'last' }),
    { ...trained('none held out, last epoch', { heldOut: 'none' }), epoch: 'last' },
  ],
  width: [5, 10, 16, 256].map((width) => trained(`width ${width}`, { width })),
  'bottleneck activation': [trained('linear bottleneck', { bottleneckActivation: 'identity' })],
  initialisation: [
    ...(['heUniform', 'heNormal', 'glorotUniform', 'glorotNormal'] as const).map((initialisation) =>
      trained(initialisation, { initialisation }),
    ),
    trained("decoder's biases N(0, 1)", { decoderBias: 'normal' }),
  ],
  'scaling of the error': (Object.keys(scalings) as Scaling[])
    .filter((scaling) => scaling !== protocol.scaling)
    .map((scaling) => ({ ...protocol, name: scalings[scaling], scaling })),
  'under-training': [
    ...[1, 2, 5, 10, 30].map((epochs) => ({
      ...protocol,
      name: epochs === 1 ? '1 epoch' : `${epochs} epochs`,
      epochs,
    })),
    { ...protocol, name: 'last epoch', epoch: 'last' as const },
  ],
  normalisation: [
    trained('divided by n', { normalisation: 'population' }),
    trained('each series to [0, 1]', { normalisation: 'unit' }),
  ],
}

export const singleReadings: readonly Reading[] = Object.values(single).flat()

/** Trainings in which up to three settings are read otherwise: of those that, one at a time, come near the paper's figure on some set. */
const combinedTrainings: readonly Reading[] = [1e-4, 3e-4].flatMap((learningRate) =>
  (['relu', 'identity'] as const).flatMap((bottleneckActivation) =>
    (['random', 'last'] as const)
      .filter((heldOut) => bottleneckActivation === 'identity' || heldOut === 'last')
      .map((heldOut) =>
        trained(
          [
            `rate ${learningRate}`,
            ...(bottleneckActivation === 'identity' ? ['linear bottleneck'] : []),
            ...(heldOut === 'last' ? ['the last fifth held out'] : []),
          ].join(', '),
          { learningRate, bottleneckActivation, heldOut },
        ),
      ),
  ),
)

const isTraining = ({ scaling, epochs, epoch, training }: Reading): boolean =>
  scaling === protocol.scaling &&
  epochs === protocol.epochs &&
  (epoch === protocol.epoch || training.heldOut === 'none')

/** Every training after some numbers of epochs and by every scaling that does not grow with the dimension. */
export const combinedReadings: readonly Reading[] = [
  ...singleReadings.filter(isTraining),
  ...combinedTrainings,
].flatMap((reading) =>
  [1, 2, 5, 10, 30, 60, 125].flatMap((epochs) =>
    (['meanSquare', 'half', 'rootMeanSquare', 'rootPerSample', 'absolute'] as const).map((scaling) => ({
      ...reading,
      name: `${reading.name}; ${epochs} epochs; ${scalings[scaling]}`,
      epochs,
      scaling,
    })),
  ),
)
