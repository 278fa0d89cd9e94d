import type { Orbit } from '@facet/data'
import { generatorAlignment } from '@facet/geometry'
import {
  type Autoencoder,
  adam,
  autoencoder,
  cosineDecay,
  fit,
  type Objective,
  reconstruction,
} from '@facet/models'
import {
  codeBox,
  type GeneratorParametrisation,
  type LieGroupOptions,
  type LieGroupRun,
  lieGroupFirstOrder,
} from '@facet/regularizers'
import { mean, mul, reshape, rows, scope } from '@facet/tensor'
import type * as z from 'zod'
import { fieldsOf, nonNegativeNumber, oneOf, wholeNumber } from '../../fields/fields.ts'
import { aNumber } from '../../study/data.ts'
import * as statistics from '../../text/statistics.ts'
import { generatorChoices, type OrbitName, orbitNames } from './cases.ts'
import { distanceToSurface } from './distance.ts'
import { orbits } from './orbits.ts'
import { parametrisations } from './parametrisations.ts'
import { drawModel, orbitPicture } from './picture.ts'
import { protocolOf } from './settings.ts'

/** One training: an orbit, generators with their weight, a seed. */
export const orbitGapTask = fieldsOf({
  orbit: oneOf(orbitNames),
  generators: oneOf(generatorChoices),
  weight: nonNegativeNumber,
  seed: wholeNumber(0),
  steps: wholeNumber(1),
})
export type OrbitGapTask = Readonly<z.output<typeof orbitGapTask>>

export const orbitGapOutcome = fieldsOf({
  /** Mean distance of the test points, which lie in the gap, to the decoder's image. */
  gapDistance: aNumber,
  /** How much of the true generators' fields the learned ones span, 0 to 1; `null` where nothing is learned. */
  alignment: aNumber.nullable(),
  /** R1 / mean ‖ΔD‖², where there is a regularizer. */
  unexplained: aNumber.nullable(),
  /** What the model learned, of seed 0 alone. */
  picture: orbitPicture.nullable(),
})
export type OrbitGapOutcome = Readonly<z.output<typeof orbitGapOutcome>>

/** The seed whose models are drawn. */
const drawnSeed = 0

/** Squared error summed over the d dimensions: `reconstruction()` takes their mean. */
function summedReconstruction(d: number): Objective {
  const perDimension = reconstruction()
  return {
    ...perDimension,
    start(model, data, key) {
      const run = perDimension.start(model, data, key)
      return {
        ...run,
        loss(batch, at) {
          const { loss, values } = run.loss(batch, at)
          return { loss: mul(loss, d), values }
        },
      }
    },
  }
}

/** The mean over the true generators of how much of each the learned ones span. */
function alignmentOf(run: LieGroupRun, { train, generators }: Orbit): number {
  const [count, d] = generators.shape
  const learned = run.generators.matrices()
  return scope(() =>
    statistics.mean(
      Array.from({ length: count }, (_, k) =>
        generatorAlignment(learned, train, reshape(rows(generators, k, k + 1), [d, d])).item(),
      ),
    ),
  )
}

/** The network of a case, for data of d dimensions. */
export const orbitGapModel = (name: OrbitName, d: number, seed: number): Autoencoder => {
  const { bottleneck, hidden } = protocolOf(name)
  return autoencoder({
    input: d,
    bottleneck,
    encoderHidden: [hidden],
    decoderHidden: [hidden],
    bottleneckActivation: 'identity',
    initialisation: 'heUniform',
    decoderBias: 'normal',
    seed,
  })
}

/** How a Lie term is set up in a case. */
export function orbitGapTerm(
  name: OrbitName,
  generators: GeneratorParametrisation,
  weight: number,
): LieGroupOptions {
  const { margin, noise, pairs, generatorLearningRate, generatorScale } = protocolOf(name)
  return {
    weight,
    penalty: 'relative',
    sampler: codeBox({ margin, noise }),
    pairs,
    generators,
    generatorLearningRate,
    initialScale: generatorScale,
  }
}

/** Trains the network of a case on an orbit, with a Lie term or without. */
export async function trainOnOrbit(
  name: OrbitName,
  orbit: Orbit,
  term: Objective<LieGroupRun> | null,
  { seed, steps }: Pick<OrbitGapTask, 'seed' | 'steps'>,
  onProgress: (fraction: number) => void = () => {},
): Promise<{ readonly model: Autoencoder } & Omit<OrbitGapOutcome, 'picture'>> {
  const protocol = protocolOf(name)
  const { train, test } = orbit
  const [count, d] = train.shape
  const model = orbitGapModel(name, d, seed)
  const history = await fit(model, train, {
    epochs: steps,
    batchSize: count,
    optimizer: adam({ learningRate: protocol.learningRate, schedule: cosineDecay() }),
    objective: [summedReconstruction(d), ...(term === null ? [] : [term])],
    seed,
    onStep: (_, { stepsDone, totalSteps }) => onProgress(stepsDone / totalSteps),
  })
  const run = history.objectives[1] as LieGroupRun | undefined
  const unexplained = term && history.diagnostics[term.name]?.unexplainedFraction
  return {
    model,
    gapDistance: scope(() => mean(distanceToSurface(model, train, test, protocol)).item()),
    alignment: run && run.parameters.length > 0 ? alignmentOf(run, orbit) : null,
    unexplained: typeof unexplained === 'number' ? unexplained : null,
  }
}

/**
 * Trains one autoencoder on an orbit with a gap (docs/mathematics.md 7.2) and measures how near its surface passes to the
 * gap's points.
 */
export async function runOrbitGap(
  { orbit: name, generators, weight, seed, steps }: OrbitGapTask,
  onProgress: (fraction: number) => void,
): Promise<OrbitGapOutcome> {
  const orbit = orbits[name].make(seed)
  const term =
    generators === 'none'
      ? null
      : lieGroupFirstOrder(orbitGapTerm(name, parametrisations[generators](orbit, seed), weight))
  const { model, ...outcome } = await trainOnOrbit(name, orbit, term, { seed, steps }, onProgress)
  return { ...outcome, picture: seed === drawnSeed ? drawModel(name, model, orbit) : null }
}
