/**
 * What `autoencoder` and `facet train` make where nothing else is said: written here alone. The paper's protocol names its own
 * ReLU bottleneck where it is followed (docs/decisions/0049).
 */
export const autoencoderDefaults = {
  /** Hidden widths of the encoder. */
  encoderHidden: [64, 64],
  /** Of hidden layers. */
  activation: 'relu',
  /** Linear units cannot die: with ReLU all codes of two dimensions lay on one axis on two of ten seeds (docs/decisions/0049). */
  bottleneckActivation: 'identity',
  seed: 0,
} as const

/** The paper's ten, and never so many that nothing has to be left out: half of the dimensions of a sample. */
export const defaultBottleneck = (input: number): number => Math.min(10, Math.max(1, Math.floor(input / 2)))

/** The encoder's widths backwards, the first of them twice: the paper's d-64-64-h and h-64-64-64-d. */
export const defaultDecoderHidden = (hidden: readonly number[]): readonly number[] =>
  hidden.length === 0 ? [] : [hidden[hidden.length - 1], ...[...hidden].reverse()]
