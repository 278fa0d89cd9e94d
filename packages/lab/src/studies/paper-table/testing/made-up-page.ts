import type { SetSizes } from '../../../sets/set-sizes.ts'
import { type FinishedRun, makeCells } from '../cells.ts'
import { planReproduce } from '../plan.ts'
import type { ReproduceReport } from '../report.ts'
import type { ReproduceOutcome, ReproduceTask } from '../run.ts'
import type { ReproduceSettings } from '../settings.ts'
import type { Showcase } from '../showcase.ts'
import type { Yardsticks } from '../yardsticks.ts'
import { settings as plainSettings } from './made-up-report.ts'

/** A number that looks random and is the same everywhere: no function of an engine's own is in it. */
const made = (i: number): number => ((i * 7919 + 104729) % 1000) / 1000

const image = { height: 4, width: 4, channels: 1 }
const length = 16

const sample = (i: number): number[] =>
  Array.from({ length }, (_, t) => Math.abs(((t + 3 * i) % length) - 8) / 8)

const epsilon = (scale: number): Showcase['epsilon'] => ({
  values: Array.from({ length: 16 }, (_, p) =>
    Array.from({ length: 4 }, (_, k) => scale * (made(4 * p + k) - 0.5)),
  ),
  norms: [1, 2, 0.5, 0.1],
})

/** What the made-up training gives: errors fall with epochs, and a large λ or σ harms. */
function outcomeOf({ settings, set, model, value, run }: ReproduceTask, sizes: SetSizes): ReproduceOutcome {
  const harm = value === null ? 0 : 0.1 * Math.min(1, value)
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
    sizes,
    showcase: run === 0 ? shown : null,
  }
}

const yardsticksOf = (isImage: boolean): Yardsticks => ({
  meanPredictor: 0.9,
  pca1: 0.6,
  pca3: 0.4,
  pca10: 0.2,
  originals: Array.from({ length: 6 }, (_, i) => sample(i)),
  originalRows: [8, 25, 41, 58, 75, 91],
  image: isImage ? image : null,
})

const sizes: SetSizes = { train: 24, validation: 6, test: 100, length }

export interface MadeUp {
  readonly report: ReproduceReport
  readonly finished: readonly FinishedRun[]
}

/** A finished study for tests of its page: a set of series, a set of images, two grids. */
export function madeUpPage(
  changes: Partial<ReproduceSettings> = {},
  fails: (task: ReproduceTask) => boolean = () => false,
): MadeUp {
  const settings: ReproduceSettings = {
    ...plainSettings,
    sets: ['CBF', 'MNIST'],
    epochs: 6,
    bottleneck: 4,
    candidates: {
      ...plainSettings.candidates,
      denoising: [0.01, 0.1, 1],
      lieGroupFirstOrder: [0.001, 1, 1000],
    },
    ...changes,
  }
  const all = Object.fromEntries(settings.sets.map((set) => [set, sizes]))
  const finished = planReproduce(settings, all).map(
    ({ task }): FinishedRun =>
      fails(task)
        ? { task, error: 'expected a finite loss, got NaN' }
        : { task, outcome: outcomeOf(task, sizes) },
  )
  const report: ReproduceReport = {
    settings,
    sizes: all,
    cells: makeCells(settings, finished),
    yardsticks: Object.fromEntries(settings.sets.map((set) => [set, yardsticksOf(set === 'MNIST')])),
    failures: finished.flatMap(({ task, error }) =>
      error === undefined ? [] : [`${task.set} · ${task.model}: ${error}`],
    ),
  }
  return { report, finished }
}
