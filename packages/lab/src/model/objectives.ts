import { type Objective, type ObjectiveRun, reconstruction } from '@facet/models'
import {
  biorthogonality,
  contractive,
  denoising,
  full,
  type GeneratorParametrisation,
  higherOrderContractive,
  kSparse,
  type LieGroupRun,
  lieGroupFirstOrder,
  lieGroupSecondOrder,
  lowRank,
  skewSymmetric,
  sparseCode,
  weightDecay,
} from '@facet/regularizers'

/** What an objective can be told; each row of the table says which it takes. */
export interface ObjectiveOptions {
  readonly weight?: number
  readonly sigma?: number
  /** The k of `kSparse`. */
  readonly kept?: number
  /** `full`, `skewSymmetric` or `lowRank:r`. */
  readonly generators?: string
}

export type ObjectiveOption = keyof ObjectiveOptions

interface ObjectiveRow {
  /** Whether it reconstructs; one of those has to be there, else `reconstruction` is added. */
  readonly reconstructs: boolean
  readonly options: readonly ObjectiveOption[]
  make(options: ObjectiveOptions): Objective
}

const lieOptions = ['weight', 'generators'] as const

/** Every objective that `facet train` can minimise; what a setting leaves out is at the objective's own default. */
const rows = {
  reconstruction: { reconstructs: true, options: [], make: () => reconstruction() },
  denoising: { reconstructs: true, options: ['sigma'], make: ({ sigma }) => denoising({ sigma }) },
  contractive: { reconstructs: false, options: ['weight'], make: ({ weight }) => contractive({ weight }) },
  higherOrderContractive: {
    reconstructs: false,
    options: ['weight', 'sigma'],
    make: ({ weight, sigma }) => higherOrderContractive({ weight, sigma }),
  },
  lieGroupFirstOrder: {
    reconstructs: false,
    options: lieOptions,
    make: ({ weight, generators }) =>
      lieGroupFirstOrder({ weight, generators: parametrisationOf(generators) }),
  },
  lieGroupSecondOrder: {
    reconstructs: false,
    options: lieOptions,
    make: ({ weight, generators }) =>
      lieGroupSecondOrder({ weight, generators: parametrisationOf(generators) }),
  },
  weightDecay: { reconstructs: false, options: ['weight'], make: ({ weight }) => weightDecay({ weight }) },
  sparseCode: { reconstructs: false, options: ['weight'], make: ({ weight }) => sparseCode({ weight }) },
  kSparse: { reconstructs: true, options: ['kept'], make: ({ kept }) => kSparse({ k: kept! }) },
  biorthogonality: {
    reconstructs: false,
    options: ['weight'],
    make: ({ weight }) => biorthogonality({ weight }),
  },
} satisfies Record<string, ObjectiveRow>

export type ObjectiveName = keyof typeof rows

export interface ObjectiveSetting extends ObjectiveOptions {
  readonly name: ObjectiveName
}

export const objectiveTable: Readonly<Record<ObjectiveName, ObjectiveRow>> = rows

export const objectiveNames = Object.keys(rows) as ObjectiveName[]

/** New objectives for one training. */
export const objectivesFrom = (settings: readonly ObjectiveSetting[]): Objective[] =>
  settings.map((setting) => objectiveTable[setting.name].make(setting))

/** Whether a started objective has generators of its own. */
export const hasGenerators = (run: ObjectiveRun): run is LieGroupRun => 'generators' in run

/** Families of generators by the name they have on the command line. */
const families: Readonly<Record<string, () => GeneratorParametrisation>> = {
  full: () => full(),
  skewSymmetric: () => skewSymmetric(),
}

const lowRankForm = /^lowRank:([1-9]\d*)$/

/** Whether a name is `full`, `skewSymmetric` or `lowRank:r`. */
export const isGeneratorsName = (name: string): boolean =>
  Object.hasOwn(families, name) || lowRankForm.test(name)

function parametrisationOf(name: string | undefined): GeneratorParametrisation | undefined {
  if (name === undefined) return undefined
  const [, rank] = lowRankForm.exec(name) ?? []
  return rank === undefined ? families[name]() : lowRank(Number(rank))
}

/** An objective in a line: `denoising (sigma 0.1)`. */
export function describeObjective({ name, ...options }: ObjectiveSetting): string {
  const told = Object.entries(options).map(([option, value]) => `${option} ${value}`)
  return told.length === 0 ? name : `${name} (${told.join(', ')})`
}
