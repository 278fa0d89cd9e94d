import type { ModelName } from '../../objectives.ts'
import { type ComparedCell, cellOf, compareModels, errorsOf } from '../../study/grid-report.ts'
import { holm, type PValue, signFlip } from '../../text/paired-tests.ts'
import { mean } from '../../text/statistics.ts'
import type { BenefitReport } from './report.ts'

/** The recipe that the hypotheses are about; the order of coordinates is learned with it alone. */
const primary: ModelName = 'learnedOrbit'

/** Other ways to see more samples, or to be regular, that know nothing of generators. */
const controls: readonly ModelName[] = ['neighbourDifference', 'mixup', 'denoising', 'weightDecay']

/** Series that were known to have an order when the hypotheses were fixed (docs/studies/learned-symmetry.md). */
const ordered = [
  'Trace',
  'CBF',
  'FaceFour',
  'FiftyWords',
  'InsectWingbeatSound',
  'WordSynonyms',
  'SyntheticControl',
  'ECG5000',
  'ShapesAll',
  'Haptics',
]

/** What one set says of a hypothesis. */
export interface SetFinding {
  readonly set: string
  /** What is compared, as a share: errors against the other model's, or accuracies less its. */
  readonly effects: readonly number[]
  /** Runs of so many that are on the side asked for, where runs are counted. */
  readonly wins: number | null
  readonly runs: number
  readonly holds: boolean
  /** Exact sign-flip test over runs, corrected by Holm's method for the number of sets. */
  readonly p: PValue
}

/** What all sets say of a hypothesis. */
export interface HypothesisFinding {
  readonly id: string
  readonly claim: string
  /** What `effects` are. */
  readonly effects: readonly string[]
  readonly sets: readonly SetFinding[]
  /** Sets on which it holds, and of how many it has to. */
  readonly held: number
  readonly needed: number
  readonly stands: boolean
  /** Exact sign-flip test over sets, of each effect. */
  readonly p: readonly PValue[]
}

type Measured = Omit<SetFinding, 'p'> & { readonly p: PValue }

interface Hypothesis {
  readonly id: string
  readonly claim: string
  readonly effects: readonly string[]
  /** Which sets it is asked of; default: all. */
  readonly of?: readonly string[]
  /** `null` where a model that it is about has no result. */
  measure(report: BenefitReport, set: string, model: ModelName): Measured | null
  /** The share of the sets on which it has to hold; `null` for a null that p alone decides. */
  readonly share: number | null
}

/** The least p that a null has to have over sets. */
const level = 0.05

/** `⌈7/8 runs⌉`: how many runs have to be on the side asked for. */
const neededWins = (runs: number): number => Math.ceil((7 / 8) * runs)

const below = (
  report: BenefitReport,
  set: string,
  model: ModelName,
  others: readonly ModelName[],
): Measured | null => {
  const all = others.flatMap((other) => compareModels(report, set, model, other) ?? [])
  if (all.length < others.length) return null
  // The one that is hardest to beat, by its test errors.
  const hardest = all.reduce((a, b) => (b.relative > a.relative ? b : a))
  const wins = Math.min(...all.map((compared) => compared.wins))
  return {
    set,
    effects: [hardest.relative],
    wins,
    runs: hardest.runs,
    holds: wins >= neededWins(hardest.runs),
    p: largest(all.map((compared: ComparedCell) => compared.signFlip)),
  }
}

const largest = (values: readonly PValue[]): PValue =>
  values.some((value) => value === null) ? null : Math.max(...(values as number[]))

/** Accuracies of the codes of two models, run by run. */
function accuracies(report: BenefitReport, set: string, model: ModelName, other: ModelName): Measured | null {
  const [own, its] = [model, other].map((name) =>
    (cellOf(report, set, name)?.outcomes ?? []).flatMap(({ abilities }) => abilities ?? []),
  )
  if (own.length === 0 || own.length !== its.length) return null
  const differences = (['linearAccuracy', 'nearestAccuracy'] as const).map((probe) =>
    own.map((row, run) => row[probe] - its[run][probe]),
  )
  const effects = differences.map(mean)
  return {
    set,
    effects,
    wins: null,
    runs: own.length,
    holds: effects.every((effect) => effect >= 0),
    p: largest(differences.map(signFlip)),
  }
}

/** What was asked of learned generators before the first run (docs/studies/learned-symmetry.md). */
const hypotheses: readonly Hypothesis[] = [
  {
    id: 'H1',
    claim: 'it beats each control in at least 7 of 8 runs',
    effects: ['error, to the hardest control'],
    share: 8 / 12,
    measure: (report, set, model) => below(report, set, model, controls),
  },
  {
    id: 'H2',
    claim: 'its error is at most 1.02 times that with given generators',
    effects: ['error, to given generators'],
    share: 8 / 12,
    measure(report, set, model) {
      const compared = below(report, set, model, ['lieGroupOrbit'])
      return compared && { ...compared, wins: null, holds: compared.effects[0] <= 0.02 }
    },
  },
  {
    id: 'H3',
    claim:
      'with shuffled coordinates and their order learned, it beats neighbour differences in at least 7 of 8 runs',
    effects: ['error, to neighbour differences'],
    of: ordered,
    share: 6 / 10,
    measure: (report, set, model) =>
      model === primary ? below(report, set, 'learnedOrderOrbit', ['neighbourDifference']) : null,
  },
  {
    id: 'H3, null',
    claim: 'in a random order it does so, which it should not',
    effects: ['error, to neighbour differences'],
    of: ordered,
    share: 6 / 10,
    measure: (report, set, model) =>
      model === primary ? below(report, set, 'wrongOrderOrbit', ['neighbourDifference']) : null,
  },
  {
    id: 'H4, null',
    claim: 'it and random mixtures of the same stencils do not differ',
    effects: ['error, to random mixtures'],
    share: null,
    measure(report, set, model) {
      const compared = below(report, set, model, ['randomOrbit'])
      return compared && { ...compared, wins: null, holds: compared.p === null || compared.p >= level }
    },
  },
  {
    id: 'H5',
    claim: 'its codes tell classes as well as those of AE: linear probe and 1-NN',
    effects: ['linear probe, less AE’s', '1-NN, less AE’s'],
    share: 8 / 12,
    measure: (report, set, model) => accuracies(report, set, model, 'ae'),
  },
]

/** What the sets say of every hypothesis that the models which were trained can answer. */
export const findingsOf = (report: BenefitReport, model: ModelName = primary): HypothesisFinding[] =>
  errorsExist(report, model)
    ? hypotheses.flatMap((hypothesis) => findingOf(report, hypothesis, model) ?? [])
    : []

const errorsExist = (report: BenefitReport, model: ModelName): boolean =>
  report.settings.sets.some((set) => errorsOf(report, set, model).length > 0)

/** Fewer sets than these have no p below 0.05: then every one of them has to agree. */
const fewestSets = 6

const nullStands = (sets: readonly SetFinding[], [p]: readonly PValue[]): boolean =>
  sets.length < fewestSets || p === null ? sets.every(({ holds }) => holds) : p >= level

function findingOf(
  report: BenefitReport,
  { id, claim, effects, of, share, measure }: Hypothesis,
  model: ModelName,
): HypothesisFinding | null {
  const asked = report.settings.sets.filter((set) => of?.includes(set) ?? true)
  const measured = asked.flatMap((set) => measure(report, set, model) ?? [])
  if (measured.length === 0) return null
  const corrected = holm(measured.map(({ p }) => p))
  const sets = measured.map((finding, i) => ({ ...finding, p: corrected[i] }))
  const held = sets.filter(({ holds }) => holds).length
  const isOfErrors = effects.length === 1
  const p = effects.map((_, i) =>
    signFlip(measured.map(({ effects }) => (isOfErrors ? Math.log1p(effects[i]) : effects[i]))),
  )
  const needed = share === null ? 0 : Math.ceil(share * asked.length - 1e-9)
  return {
    id,
    claim,
    effects,
    sets,
    held,
    needed,
    stands: share === null ? nullStands(sets, p) : held >= needed,
    p,
  }
}
