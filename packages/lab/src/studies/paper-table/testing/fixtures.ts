import { numberOf } from '../../../candidate-value.ts'
import type { SetSizes, Sizes } from '../../../sets/set-sizes.ts'
import type { GridTask } from '../../../study/grid.ts'
import type { Finished } from '../../../study/study.ts'
import type { Versions } from '../../../version.ts'
import { definition, reproduceDefaults } from '../experiment.ts'
import type { PaperBaselines, PaperOutcome, Showcase } from '../outcome.ts'
import { paperTable } from '../paper-table.ts'
import type { PaperReport } from '../report.ts'
import type { ReproduceSettings } from '../settings.ts'

/** Settings as a document gives them, without the models beyond the paper. */
export const reproduceSettings = (more: Partial<typeof reproduceDefaults>): ReproduceSettings =>
  definition.settings({
    ...reproduceDefaults,
    models: reproduceDefaults.models.filter((model) => !model.startsWith('skip')),
    runs: 2,
    ...more,
  } as never) as ReproduceSettings

export const by: Versions = { facet: '0.2.0', node: 'v20.20.2', platform: 'linux x64', engine: 'wasm' }

/** What a training of a fixture gives, or the message of one that fails. */
type Outcomes<T, O> = (task: T, settings: ReproduceSettings) => O | string

/** A report by the way that every report goes: from finished tasks. */
export function reportOf(
  settings: ReproduceSettings,
  sizes: Sizes,
  outcomeOf: Outcomes<GridTask, PaperOutcome>,
  baselinesOf: Outcomes<{ readonly set: string }, PaperBaselines>,
  secondsOf?: (task: object, i: number) => number,
): PaperReport {
  const finished = paperTable.plan(settings, sizes).map(({ kind, task }, i): Finished => {
    const outcome =
      kind === 'run'
        ? outcomeOf(task as GridTask, settings)
        : baselinesOf(task as { readonly set: string }, settings)
    return {
      kind,
      task,
      versions: by,
      ...(typeof outcome === 'string' ? { error: outcome } : { outcome }),
      ...(secondsOf && { seconds: secondsOf(task, i) }),
    }
  })
  return paperTable.report(settings, sizes, finished)
}

/** A training of one epoch. */
export const outcome = (
  testError: number,
  validationError = testError,
  diagnostics: PaperOutcome['diagnostics'] = { model: { bottleneck: 10, liveUnits: 9 } },
): PaperOutcome => ({
  epochs: [{ epoch: 0, train: { loss: 1 }, validation: validationError, test: testError }],
  bestEpoch: 0,
  validationError,
  testError,
  diagnostics,
  sizes: tableSizes.CBF,
  showcase: null,
})

/** For tests of the table: two sets, of which one has no baselines; the first-order model fails. */
export const tableSettings = reproduceSettings({
  regularizers: { lieGroupFirstOrder: { weight: [0.01, 1] } },
})

export const tableSizes: Sizes = {
  CBF: { train: 24, validation: 6, test: 900, length: 128 },
  SyntheticControl: { train: 240, validation: 60, test: 300, length: 60 },
}

const tableErrors: Readonly<Record<string, readonly [number, number]>> = {
  ae: [0.3812, 0.4012],
  denoising: [0.3701, 0.3805],
  higherOrderContractive: [0.5, 0.51],
  lieGroupSecondOrder: [0.39, 0.4],
  skip: [0.3812, 0.4012],
  skipOrbit: [0.3812, 0.4012],
  skipLearned: [0.3712, 0.3912],
}

const tableOutcome = ({ model, run }: GridTask): PaperOutcome | string => {
  if (!Object.hasOwn(tableErrors, model)) return 'expected a finite loss, got NaN'
  const error = tableErrors[model][run]
  return outcome(error, error, {
    model: { bottleneck: 10, liveUnits: 9 },
    ...(model === 'lieGroupSecondOrder' && {
      lieGroupSecondOrder: {
        unexplainedFraction: 0.1,
        unexplainedTangentFraction: 0.828,
        withoutNeighbour: 0.0156,
      },
    }),
  })
}

export const tableReport = (more: Partial<ReproduceSettings> = {}): PaperReport =>
  reportOf({ ...tableSettings, ...more }, tableSizes, tableOutcome, ({ set }) =>
    set === 'CBF'
      ? {
          ...{ meanPredictor: 0.6621, pca1: 0.4737, pca3: 0.3712, pca10: 0.2994 },
          ...{ originals: [], originalRows: [], image: null },
        }
      : 'no such file',
  )

/** A number that looks random and is the same everywhere: no function of an engine's own is in it. */
const made = (i: number): number => ((i * 7919 + 104729) % 1000) / 1000

const image = { height: 4, width: 4, channels: 1 } as const
const length = 16

const sample = (i: number): number[] =>
  Array.from({ length }, (_, t) => Math.abs(((t + 3 * i) % length) - 8) / 8)

const epsilon = (scale: number): Showcase['epsilon'] => ({
  values: Array.from({ length: 16 }, (_, p) =>
    Array.from({ length: 4 }, (_, k) => scale * (made(4 * p + k) - 0.5)),
  ),
  norms: [1, 2, 0.5, 0.1],
})

const pageSizes: SetSizes = { train: 24, validation: 6, test: 100, length }

/** Errors fall with epochs, and a large λ or σ harms. */
function pageOutcome({ set, model, value, run }: GridTask, settings: ReproduceSettings): PaperOutcome {
  const harm = value === null ? 0 : 0.1 * Math.min(1, numberOf(value))
  const start = set === settings.sets[0] ? 1 : 0.8
  const epochs = Array.from({ length: settings.epochs }, (_, epoch) => {
    const validation = 0.3 + (start - 0.3) / (epoch + 1) + harm + 0.02 * made(run + 10 * epoch)
    const test = validation + 0.1 * made(3 * run) + 0.01 * made(model.length)
    return { epoch, train: { loss: test }, validation, test }
  })
  const best = epochs.reduce((a, b) => (b.validation < a.validation ? b : a))
  const isLie = model === 'lieGroupFirstOrder' || model === 'lieGroupSecondOrder'
  const shown: Showcase = {
    reconstructions: Array.from({ length: 6 }, (_, i) =>
      sample(i).map((v, t) => v * 0.8 + 0.1 * made(t + i)),
    ),
    epsilon: isLie ? epsilon(model === 'lieGroupFirstOrder' ? 1 : 0.1) : null,
  }
  return {
    epochs,
    bestEpoch: best.epoch,
    validationError: best.validation,
    testError: best.test,
    diagnostics: {
      model: { bottleneck: 4, liveUnits: 3 },
      codes: { rms: 1.5, outside: 0.6 },
      ...(isLie && {
        [model]: {
          decoderVariance: 0.2,
          unexplainedFraction: 0.25,
          epsilon: [0.1, 0.2],
          epsilonTimesNorm: [0.2, 0.8],
          withoutNeighbour: 0.125,
          ...(model === 'lieGroupSecondOrder' && { unexplainedTangentFraction: 0.75 }),
        },
      }),
    },
    sizes: pageSizes,
    showcase: run === 0 ? shown : null,
  }
}

const pageBaselines = (set: string): PaperBaselines => ({
  meanPredictor: 0.9,
  pca1: 0.6,
  pca3: 0.4,
  pca10: 0.2,
  originals: Array.from({ length: 6 }, (_, i) => sample(i)),
  originalRows: [8, 25, 41, 58, 75, 91],
  image: set === 'MNIST' ? image : null,
})

/** What a test of the page may want otherwise. */
export interface PageChanges {
  readonly settings?: Partial<ReproduceSettings>
  /** Which trainings fail. */
  readonly fails?: (task: GridTask) => boolean
  readonly outcome?: (outcome: PaperOutcome, task: GridTask) => PaperOutcome
  readonly baselines?: (baselines: PaperBaselines, set: string) => PaperBaselines | string
}

/** For tests of the page: a set of series, a set of images, two grids. */
export function pageReport({
  settings: more,
  fails = () => false,
  outcome: changed = (own) => own,
  baselines: baselinesOf = (own) => own,
}: PageChanges = {}): PaperReport {
  const settings: ReproduceSettings = {
    ...reproduceSettings({
      sets: ['CBF', 'MNIST'],
      epochs: 6,
      bottleneck: 4,
      sigma: [0.01, 0.1, 1],
      regularizers: { lieGroupFirstOrder: { weight: [0.001, 1, 1000] } },
    }),
    ...more,
  }
  return reportOf(
    settings,
    Object.fromEntries(settings.sets.map((set) => [set, pageSizes])),
    (task) => (fails(task) ? 'expected a finite loss, got NaN' : changed(pageOutcome(task, settings), task)),
    ({ set }) => baselinesOf(pageBaselines(set), set),
  )
}
