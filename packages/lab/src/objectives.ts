import { type Objective, type ObjectiveRun, reconstruction } from '@facet/models'
import {
  biorthogonality,
  contractive,
  denoising,
  type GeneratorBank,
  higherOrderContractive,
  kSparse,
  type LieGroupRun,
  lieGroupFirstOrder,
  lieGroupOrbit,
  lieGroupSecondOrder,
  lieGroupTangent,
  mixup,
  neighbourDifference,
  permutedBank,
  sparseCode,
  weightDecay,
} from '@facet/regularizers'
import { type CandidateValue, hasAmplitude, numberOf } from './candidate-value.ts'
import { familyOf } from './generator-families.ts'
import { hues, pageShades, type Shades } from './report/palette.ts'
import type { BankChoice, BankName } from './sets/generator-banks.ts'

/** What an objective can be told; each row of the table says which it takes. */
export interface ObjectiveOptions {
  readonly weight?: number
  readonly sigma?: number
  /** The k of `kSparse`. */
  readonly kept?: number
  /** `full`, `skewSymmetric`, `learned`, `given` or `lowRank:r`. */
  readonly generators?: string
  /** How far along generators or differences samples are moved. */
  readonly scale?: number
  /** How far towards another sample. */
  readonly extent?: number
  /** The generators that samples are moved along. */
  readonly bank?: BankName
  /** Whether those generators make samples swell as well as move. */
  readonly amplitude?: boolean
}

export type ObjectiveOption = keyof ObjectiveOptions

/** What an objective may need to know of the samples. */
export interface ObjectiveSurroundings {
  /** Generators that act on the samples; default: those given for their kind. */
  bank(choice?: BankChoice): GeneratorBank
  /** Nearest neighbours that differences are taken to; default: the objective's own. */
  readonly neighbours?: number
}

/** The option of an objective that the validation part chooses. */
export interface Tuned {
  readonly option: ObjectiveOption
  readonly symbol: string
  /** Its values where nobody asks for others: every model of a study has as many. */
  readonly grid: readonly CandidateValue[]
}

/** One objective, and the autoencoder that is trained with it. */
interface ObjectiveRow {
  /** Heading in tables. */
  readonly title: string
  /** The same where there is room; default: the title. */
  readonly name?: string
  /** What is asked of the network. */
  readonly what: string
  /** Names that earlier releases had for it as a model of a study. */
  readonly aliases?: readonly string[]
  /** Whether it reconstructs; one of those has to be there, else `reconstruction` is added. */
  readonly reconstructs: boolean
  readonly options: readonly ObjectiveOption[]
  readonly tuned: Tuned | null
  readonly colour: Shades
  /**
   * Time of a training step on samples of d values in those of plain reconstruction: the shortest of 30 to 50 interleaved steps of the
   * `wasm` engine at d = 60, 128 and 500, w = 64, h = 10, batch 16, on one thread of a Zen 4; each within a third. Orders the
   * runs and estimates their time.
   */
  cost(d: number): number
  make(options: ObjectiveOptions, surroundings: ObjectiveSurroundings): Objective
}

const times = (factor: number) => (): number => factor

/** Every objective that `facet train` can minimise and a study can compare; what is not said is at the objective's own default. */
const rows = {
  reconstruction: {
    title: 'AE',
    name: 'plain autoencoder (AE)',
    what: 'reconstruction alone',
    reconstructs: true,
    options: [],
    tuned: null,
    colour: hues.grey,
    cost: times(1),
    make: () => reconstruction(),
  },
  denoising: {
    title: 'denoising',
    what: 'samples are reconstructed from noisy ones',
    reconstructs: true,
    options: ['sigma'],
    tuned: { option: 'sigma', symbol: 'σ', grid: [0.03, 0.1, 0.3] },
    colour: hues.amber,
    cost: times(1.1),
    make: ({ sigma }) => denoising({ sigma }),
  },
  contractive: {
    title: 'contractive',
    what: "squared norm of the encoder's Jacobian",
    reconstructs: false,
    options: ['weight'],
    tuned: { option: 'weight', symbol: 'λ', grid: [1e-3, 1e-2, 1e-1] },
    colour: hues.sky,
    cost: times(3),
    make: ({ weight }) => contractive({ weight }),
  },
  higherOrderContractive: {
    title: 'h.o. contr.',
    name: 'higher-order contractive',
    what: "squared norm of the encoder's Jacobian, and of its change under noise",
    reconstructs: false,
    options: ['weight', 'sigma'],
    tuned: { option: 'weight', symbol: 'λ', grid: [1e-3, 1e-2, 1e-1] },
    colour: hues.green,
    cost: times(5),
    make: ({ weight, sigma }) => higherOrderContractive({ weight, sigma }),
  },
  lieGroupFirstOrder: {
    title: 'Lie 1st',
    name: 'Lie group, first order',
    what: "learned generators carry the decoder's points to their neighbours",
    reconstructs: false,
    options: ['weight', 'generators'],
    tuned: { option: 'weight', symbol: 'λ', grid: [0.01, 1, 100] },
    colour: hues.blue,
    cost: (d) => 2.5 + 1.9e-4 * d ** 2,
    make: ({ weight, generators }, { bank }) =>
      lieGroupFirstOrder({ weight, generators: familyOf(generators, bank) }),
  },
  lieGroupSecondOrder: {
    title: 'Lie 2nd',
    name: 'Lie group, second order',
    what: "learned generators carry the decoder's tangents to those of neighbouring regions",
    reconstructs: false,
    options: ['weight', 'generators'],
    tuned: { option: 'weight', symbol: 'λ', grid: [0.01, 1, 100] },
    colour: hues.pink,
    cost: (d) => 14 + 8.6e-4 * d ** 2,
    make: ({ weight, generators }, { bank }) =>
      lieGroupSecondOrder({ weight, generators: familyOf(generators, bank) }),
  },
  lieGroupOrbit: {
    title: 'orbit',
    name: 'orbit reconstruction',
    what: 'samples moved along the generators are reconstructed as well',
    aliases: ['orbit'],
    reconstructs: false,
    options: ['weight', 'scale', 'bank', 'amplitude'],
    tuned: { option: 'scale', symbol: 's', grid: [0.7, 1.5, 3] },
    colour: hues.violet,
    cost: times(2.4),
    make: ({ weight, scale, ...choice }, { bank, neighbours }) =>
      lieGroupOrbit({ bank: bank(choice), weight, scale, neighbours }),
  },
  lieGroupTangent: {
    title: 'tangent',
    what: "the network's Jacobian is the identity along the generators",
    aliases: ['tangent'],
    reconstructs: false,
    options: ['weight', 'bank', 'amplitude'],
    tuned: { option: 'weight', symbol: 'λ', grid: [0.3, 3, 30] },
    colour: hues.pink,
    cost: times(2.5),
    make: ({ weight, ...choice }, { bank, neighbours }) =>
      lieGroupTangent({ bank: bank(choice), weight, neighbours }),
  },
  permutedOrbit: {
    title: 'permuted',
    what: 'as orbit, with the generators in randomly permuted coordinates: the wrong ones',
    aliases: ['permuted'],
    reconstructs: false,
    options: ['weight', 'scale', 'bank', 'amplitude'],
    tuned: { option: 'scale', symbol: 's', grid: [0.7, 1.5, 3] },
    colour: pageShades.faint,
    cost: times(2.2),
    make: ({ weight, scale, ...choice }, { bank, neighbours }) =>
      lieGroupOrbit({ bank: permutedBank(bank(choice)), weight, scale, neighbours }),
  },
  neighbourDifference: {
    title: 'difference',
    what: 'samples moved by differences of neighbours are reconstructed as well',
    reconstructs: false,
    options: ['weight', 'scale'],
    tuned: { option: 'scale', symbol: 't', grid: [0.3, 0.7, 1.5] },
    colour: hues.green,
    cost: times(1.8),
    make: ({ weight, scale }, { neighbours }) => neighbourDifference({ weight, scale, neighbours }),
  },
  mixup: {
    title: 'mixup',
    what: 'points between two samples are reconstructed as well',
    reconstructs: false,
    options: ['weight', 'extent'],
    tuned: { option: 'extent', symbol: 'extent', grid: [0.25, 0.5, 1] },
    colour: hues.blue,
    cost: times(1.7),
    make: ({ weight, extent }) => mixup({ weight, extent }),
  },
  weightDecay: {
    title: 'decay',
    what: 'squared weights',
    reconstructs: false,
    options: ['weight'],
    tuned: { option: 'weight', symbol: 'λ', grid: [1e-5, 1e-4, 1e-3] },
    colour: hues.brown,
    cost: times(1.3),
    make: ({ weight }) => weightDecay({ weight }),
  },
  sparseCode: {
    title: 'sparse code',
    what: 'absolute values of the codes',
    reconstructs: false,
    options: ['weight'],
    tuned: { option: 'weight', symbol: 'λ', grid: [1e-4, 1e-3, 1e-2] },
    colour: hues.sky,
    cost: times(1.2),
    make: ({ weight }) => sparseCode({ weight }),
  },
  kSparse: {
    title: 'k-sparse',
    what: 'samples are reconstructed from the k largest coordinates of their codes',
    reconstructs: true,
    options: ['kept'],
    tuned: { option: 'kept', symbol: 'k', grid: [3, 5, 8] },
    colour: hues.brown,
    cost: times(1),
    make: ({ kept }) => kSparse({ k: kept! }),
  },
  biorthogonality: {
    title: 'biorth.',
    name: 'biorthogonality',
    what: "the decoder's Jacobian is inverse to the encoder's",
    reconstructs: false,
    options: ['weight'],
    tuned: { option: 'weight', symbol: 'λ', grid: [1e-3, 1e-2, 1e-1] },
    colour: hues.amber,
    cost: times(5),
    make: ({ weight }) => biorthogonality({ weight }),
  },
} as const satisfies Record<string, ObjectiveRow>

export type ObjectiveName = keyof typeof rows

/** An objective by its name and the options that it is told. */
export interface ObjectiveSetting extends ObjectiveOptions {
  readonly name: ObjectiveName
}

export const objectives: Readonly<Record<ObjectiveName, ObjectiveRow>> = rows

export const objectiveNames = Object.keys(rows) as ObjectiveName[]

/** Names that earlier releases had for objectives, each with the one it stands for. */
export const formerObjectiveNames: Readonly<Record<string, ObjectiveName>> = Object.fromEntries(
  objectiveNames.flatMap((name) => (objectives[name].aliases ?? []).map((alias) => [alias, name])),
)

/** How far a learned bank carries samples, and whether it makes them swell: of these the validation part chooses. */
const movements: Tuned = { option: 'scale', symbol: 's', grid: [0.75, 1.5, '1.5 without amplitude'] }

/** Orbit reconstruction with generators that are not given, and the controls of learning them. */
const withLearnedBanks = {
  learnedOrbit: {
    title: 'learned',
    name: 'orbit reconstruction with learned generators',
    what: 'as orbit, along local operators that are the principal components of patches',
    bank: 'learned',
    colour: hues.pink,
  },
  learnedEmOrbit: {
    title: 'learned, EM',
    name: 'orbit reconstruction with generators learned by EM',
    what: 'as learned, the mixtures of five components that carry samples to their neighbours',
    bank: 'learnedEm',
    colour: hues.sky,
  },
  randomOrbit: {
    title: 'random mix',
    name: 'orbit reconstruction with random mixtures of learned stencils',
    what: 'as learned, with random mixtures of the same five components',
    bank: 'random',
    colour: hues.amber,
  },
  wrongOrderOrbit: {
    title: 'wrong order',
    name: 'orbit reconstruction with generators learned in a random order of the coordinates',
    what: 'as learned, of coordinates in a random order: the null',
    bank: 'wrongOrder',
    colour: pageShades.faint,
  },
  learnedOrderOrbit: {
    title: 'own order',
    name: 'orbit reconstruction with generators and order of the coordinates learned',
    what: 'as learned, of coordinates that were shuffled and whose order is learned as well',
    bank: 'learnedOrder',
    colour: hues.teal,
  },
} as const satisfies Record<
  string,
  Pick<ObjectiveRow, 'title' | 'what' | 'colour'> & { readonly name: string; readonly bank: BankName }
>

/**
 * Autoencoders that a study can train: one for each objective (`ae` for reconstruction alone), those with learned generators, and three
 * with linear skips.
 */
export type ModelName =
  | Exclude<ObjectiveName, 'reconstruction'>
  | keyof typeof withLearnedBanks
  | 'ae'
  | 'skip'
  | 'skipOrbit'
  | 'skipLearned'

/** An autoencoder of a study: how it is shown, what it is trained with, and which option is chosen. */
export interface ModelRow {
  readonly title: string
  readonly name: string
  readonly what: string
  readonly aliases: readonly string[]
  readonly objective: ObjectiveName
  /** The generators of the objective, where it is not told others. */
  readonly bank?: BankName
  readonly tuned: Tuned | null
  readonly colour: Shades
  /** Whether it has linear skips that start at PCA whatever network the study has. */
  readonly skip: boolean
  cost(d: number): number
}

const modelOf = (
  objective: ObjectiveName,
  own: Partial<Omit<ModelRow, 'objective' | 'cost'>> = {},
): ModelRow => {
  const { title, name = title, what, aliases = [], tuned, colour, cost } = objectives[objective]
  return { title, name, what, aliases, objective, tuned, colour, skip: false, cost, ...own }
}

const { reconstruction: plain, ...regularized } = rows

export const models: Readonly<Record<ModelName, ModelRow>> = {
  ae: modelOf('reconstruction'),
  ...(Object.fromEntries(
    Object.keys(regularized).map((name) => [name, modelOf(name as ObjectiveName)]),
  ) as Record<keyof typeof regularized, ModelRow>),
  ...(Object.fromEntries(
    Object.entries(withLearnedBanks).map(([name, own]) => [
      name,
      modelOf('lieGroupOrbit', { ...own, aliases: [], tuned: movements }),
    ]),
  ) as Record<keyof typeof withLearnedBanks, ModelRow>),
  skip: modelOf('reconstruction', {
    title: 'skip AE',
    name: 'autoencoder with linear skips (skip AE)',
    colour: hues.brown,
    skip: true,
  }),
  skipOrbit: modelOf('lieGroupOrbit', {
    title: 'skip + orbit',
    name: 'skip AE with orbit reconstruction',
    aliases: [],
    tuned: null,
    skip: true,
  }),
  skipLearned: modelOf('lieGroupOrbit', {
    title: 'skip + learned',
    name: 'skip AE with orbit reconstruction along learned generators',
    what: withLearnedBanks.learnedOrbit.what,
    aliases: [],
    bank: 'learned',
    tuned: null,
    colour: hues.teal,
    skip: true,
  }),
}

export const modelNames = Object.keys(models) as ModelName[]

/** Names that earlier releases had for models, each with the one it stands for. */
export const formerModelNames: Readonly<Record<string, ModelName>> = Object.fromEntries(
  modelNames.flatMap((name) => models[name].aliases.map((alias) => [alias, name])),
)

/** New objectives of one training, whose sum is the loss (docs/mathematics.md 4); one that reconstructs is added where none does. */
export function objectivesFrom(
  settings: readonly ObjectiveSetting[],
  surroundings: ObjectiveSurroundings,
): Objective[] {
  const made = settings.map(({ name, ...options }) => objectives[name].make(options, surroundings))
  return settings.some(({ name }) => objectives[name].reconstructs) ? made : [reconstruction(), ...made]
}

/**
 * The objectives of a model of a study at a value of its hyper-parameter, `null` where it has none; `fixed` are options that the
 * study sets, of which each objective takes its own.
 */
export function modelObjectives(
  model: ModelName,
  value: CandidateValue | null,
  surroundings: ObjectiveSurroundings,
  fixed: ObjectiveOptions = {},
): Objective[] {
  const { objective: name, tuned, bank } = models[model]
  const chosen = tuned === null || value === null ? {} : optionsAt(tuned, value)
  const own = Object.entries({ ...fixed, ...(bank && { bank }), ...chosen }).filter(([option]) =>
    objectives[name].options.includes(option as ObjectiveOption),
  )
  return objectivesFrom([{ name, ...Object.fromEntries(own) }], surroundings)
}

/** What a value of a hyper-parameter says. */
const optionsAt = ({ option }: Tuned, value: CandidateValue): ObjectiveOptions => ({
  [option]: numberOf(value),
  ...(hasAmplitude(value) ? {} : { amplitude: false }),
})

/** `λ 0.01`, or '' for a model without a hyper-parameter. */
export function valueText(model: ModelName, value: CandidateValue | null): string {
  const { tuned } = models[model]
  return tuned === null || value === null ? '' : `${tuned.symbol} ${value}`
}

/** The colour of a model for CSS and SVG: `var(--ae)`. It follows the reader's light or dark scheme. */
export const modelColour = (model: ModelName): string => `var(--${model})`

/** The colours of all models by the name of their CSS variable. */
export const modelShades: Readonly<Record<ModelName, Shades>> = Object.fromEntries(
  modelNames.map((name) => [name, models[name].colour]),
) as Record<ModelName, Shades>

/** Whether a started objective has generators of its own. */
export const hasGenerators = (run: ObjectiveRun): run is LieGroupRun => 'generators' in run

/** An objective in a line: `denoising (sigma 0.1)`. */
export function describeObjective({ name, ...options }: ObjectiveSetting): string {
  const told = Object.entries(options).map(([option, value]) => `${option} ${value}`)
  return told.length === 0 ? name : `${name} (${told.join(', ')})`
}
