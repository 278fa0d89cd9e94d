import type { ActivationName } from '@facet/tensor'

/** Sets that the page makes by formula, and two that come from whoever looks at it. */
export const setNames = [
  'circle',
  'arcs',
  'moons',
  'spiral',
  'swissRoll',
  'torus',
  'cbf',
  'digits',
  'drawn',
  'file',
] as const
export type SetName = (typeof setNames)[number]

/** What the samples are. */
export interface DataRecipe {
  readonly set: SetName
  /** Training samples of a set that is made. */
  readonly points: number
  /** Standard deviation of the noise on points of the plane and of space. */
  readonly noise: number
  /** Of the circle: the angle that is left out, in parts of a whole turn. */
  readonly gap: number
  /** Of `drawn`: x, y, x, y, … in [−1, 1], in thousandths. */
  readonly drawn: readonly number[]
  /** Of `file`: its name and the checksum of its rows; the rows themselves never go into an address. */
  readonly file: { readonly name: string; readonly checksum: string } | null
}

export const objectiveNames = [
  'reconstruction',
  'denoising',
  'contractive',
  'higherOrderContractive',
  'lieGroupFirstOrder',
  'lieGroupSecondOrder',
  'lieGroupOrbit',
  'lieGroupTangent',
] as const
export type ObjectiveName = (typeof objectiveNames)[number]

export const generatorNames = ['full', 'skewSymmetric', 'lowRank', 'given'] as const
export type GeneratorsName = (typeof generatorNames)[number]

export const samplerNames = ['normal', 'codeBox', 'aroundCodes', 'interpolate'] as const
export type SamplerName = (typeof samplerNames)[number]

/** The autoencoder: widths of hidden layers and what is between them. */
export interface ModelRecipe {
  readonly encoder: readonly number[]
  /** 1 to 3. */
  readonly bottleneck: number
  readonly decoder: readonly number[]
  readonly activation: ActivationName
  readonly bottleneckActivation: ActivationName
  /** The principal components beside encoder and decoder. */
  readonly skip: boolean
  /** Whether layers have biases. */
  readonly bias: boolean
}

/** What is minimised beside the reconstruction error, and how. */
export interface TrainingRecipe {
  readonly objective: ObjectiveName
  /** λ. */
  readonly weight: number
  /** Standard deviation of noise. */
  readonly sigma: number
  readonly generators: GeneratorsName
  readonly sampler: SamplerName
  /** s of orbit reconstruction. */
  readonly scale: number
  readonly rate: number
  readonly batch: number
}

/** What is computed: the same recipe and the same number of steps give the same bits. */
export interface Recipe {
  readonly data: DataRecipe
  readonly model: ModelRecipe
  readonly training: TrainingRecipe
  readonly seed: number
}

export const defaultRecipe: Recipe = {
  data: { set: 'circle', points: 128, noise: 0, gap: 0.25, drawn: [], file: null },
  model: {
    // Some 1,300 regions: of 5,000 none can be told from the next, and the page draws them 30 times a second without a graphics card.
    encoder: [16, 16],
    bottleneck: 2,
    decoder: [16, 16, 16],
    activation: 'relu',
    bottleneckActivation: 'identity',
    skip: false,
    bias: true,
  },
  training: {
    objective: 'reconstruction',
    weight: 0.01,
    sigma: 0.1,
    generators: 'skewSymmetric',
    sampler: 'normal',
    scale: 1.5,
    rate: 3e-3,
    batch: 32,
  },
  seed: 0,
}
