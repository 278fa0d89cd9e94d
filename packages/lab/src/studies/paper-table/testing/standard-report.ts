import { numberOf } from '../../../candidate-value.ts'
import type { Sizes } from '../../../sets/set-sizes.ts'
import type { GridTask } from '../../../study/grid.ts'
import { significant } from '../../../text/round.ts'
import type { PaperBaselines, PaperOutcome, Showcase } from '../outcome.ts'
import type { PaperReport } from '../report.ts'
import type { ReproduceSettings } from '../settings.ts'
import { reportOf, reproduceSettings } from './fixtures.ts'

/** The paper's fifteen rows as they are in the archive: values a sample, training samples, test samples. */
const shapes: Readonly<Record<string, readonly [length: number, train: number, test: number]>> = {
  CBF: [128, 30, 900],
  Yoga: [426, 300, 3000],
  Trace: [275, 100, 100],
  Wine: [234, 57, 54],
  ShapesAll: [512, 600, 600],
  FiftyWords: [270, 450, 455],
  WordSynonyms: [270, 267, 638],
  InsectWingbeatSound: [256, 220, 1980],
  ECG5000: [140, 500, 4500],
  Earthquakes: [512, 322, 139],
  Haptics: [1092, 155, 308],
  FaceFour: [350, 24, 88],
  SyntheticControl: [60, 300, 300],
  MNIST: [784, 1000, 1000],
  'CIFAR-10': [3072, 1000, 1000],
}

/** A number that looks random and is the same everywhere: no function of an engine's own is in it. */
const made = (i: number): number => ((i * 7919 + 104729) % 100003) / 100003

const hashOf = (text: string): number => [...text].reduce((h, c) => (31 * h + c.charCodeAt(0)) % 9973, 7)

const sample = (length: number, seed: number): number[] =>
  Array.from({ length }, (_, t) =>
    significant(Math.abs(((t + 17 * seed) % 64) - 32) / 32 + 0.2 * made(seed + 31 * t), 4),
  )

function showcaseOf({ set, model }: GridTask, bottleneck: number): Showcase {
  const seed = hashOf(set + model)
  const isLie = model.startsWith('lieGroup')
  const pairs = (p: number): number[] =>
    Array.from({ length: bottleneck }, (_, k) => significant(2 * made(seed + 16 * p + 101 * k) - 1, 5))
  return {
    reconstructions: Array.from({ length: 6 }, (_, i) => sample(shapes[set][0], seed + i)),
    epsilon: isLie
      ? {
          values: Array.from({ length: 16 }, (_, p) => pairs(p)),
          norms: Array.from({ length: bottleneck }, (_, k) => 1 + k / 10),
        }
      : null,
  }
}

function outcomeOf(task: GridTask, { epochs: count, bottleneck }: ReproduceSettings): PaperOutcome {
  const { set, model, value, run } = task
  const [length, train, test] = shapes[set]
  const level = 0.1 + 0.3 * made(hashOf(set)) + 0.02 * made(hashOf(model)) + 0.01 * made(hashOf(set + model))
  const harm = value === null ? 0 : 0.01 * Math.abs(Math.log10(numberOf(value)) + 1)
  const epochs = Array.from({ length: count }, (_, epoch) => {
    const noise = 0.01 * made(hashOf(set + model) + 131 * run + 17 * epoch)
    const validation = level + harm + 0.6 / (epoch + 1) + noise
    return {
      epoch,
      train: { loss: validation * 0.9, reconstruction: validation * 0.8 },
      validation,
      test: validation + noise,
    }
  })
  const best = epochs.reduce((a, b) => (b.validation < a.validation ? b : a))
  const isLie = model.startsWith('lieGroup')
  const held = Math.round(0.2 * train)
  return {
    epochs,
    bestEpoch: best.epoch,
    validationError: best.validation,
    testError: best.test,
    diagnostics: {
      model: { bottleneck, liveUnits: 9 },
      codes: { rms: 1.25, outside: 0.31 },
      ...(isLie && {
        [model]: {
          decoderVariance: 0.213456,
          unexplainedFraction: 0.25,
          epsilon: Array.from({ length: bottleneck }, (_, k) => 0.1 + k / 100),
          epsilonTimesNorm: Array.from({ length: bottleneck }, (_, k) => 0.2 + k / 50),
          withoutNeighbour: 0.125,
          ...(model === 'lieGroupSecondOrder' && { unexplainedTangentFraction: 0.75 }),
        },
      }),
    },
    sizes: { train: train - held, validation: held, test, length },
    showcase: run === 0 ? showcaseOf(task, bottleneck) : null,
  }
}

const images: Readonly<Record<string, NonNullable<PaperBaselines['image']>>> = {
  MNIST: { height: 28, width: 28, channels: 1 },
  'CIFAR-10': { height: 32, width: 32, channels: 3 },
}

const baselines = ({ set }: { readonly set: string }): PaperBaselines => ({
  meanPredictor: 0.71,
  pca1: 0.52,
  pca3: 0.41,
  pca10: 0.22,
  originals: Array.from({ length: 6 }, (_, i) => sample(shapes[set][0], i)),
  originalRows: [0, 10, 20, 30, 40, 50],
  image: images[set] ?? null,
})

/**
 * A report as large as the standard one: the paper's fifteen sets and five models, three runs of 125 epochs, its grids of λ and σ, each
 * run with the time it took. The second order has no result on samples of more than 280 values.
 */
export function standardReport(): PaperReport {
  const settings = reproduceSettings({
    sets: Object.keys(shapes),
    runs: 3,
    epochs: 125,
    weight: [0.01, 1, 100],
    sigma: [0.01, 0.1],
    data: 'ucr',
  })
  const sizes: Sizes = Object.fromEntries(
    Object.entries(shapes).map(([set, [length, train, test]]) => [
      set,
      { length, train: train - Math.round(0.2 * train), validation: Math.round(0.2 * train), test },
    ]),
  )
  return reportOf(settings, sizes, outcomeOf, baselines, (_, i) => 10 + (i % 7))
}
