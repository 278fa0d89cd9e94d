import { type Orbit, rotationOrbit, shiftOrbit } from '@facet/data'
import { distanceToImage, generatorAlignment } from '@facet/geometry'
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
  fixed,
  full,
  type GeneratorParametrisation,
  type LieGroupObjective,
  lieGroupFirstOrder,
  skewSymmetric,
} from '@facet/regularizers'
import { key, linspace, max, mean, min, mul, reshape, rows, scope } from '@facet/tensor'
import { type GeneratorChoice, isLearned, type OrbitName } from './cases.ts'
import { orbitProtocol as protocol } from './settings.ts'

/** One training: an orbit, generators with their weight, a seed. */
export interface OrbitTask {
  readonly orbit: OrbitName
  readonly generators: GeneratorChoice
  readonly weight: number
  readonly seed: number
  readonly steps: number
}

export interface OrbitOutcome {
  /** Mean distance of the test points, which lie in the gap, to the decoder's image. */
  readonly gapDistance: number
  /** How much of the true generator's field the learned ones span, 0 to 1; `null` where nothing is learned. */
  readonly alignment: number | null
  /** R1 / mean ‖ΔD‖², where there is a regularizer. */
  readonly unexplained: number | null
}

const orbits: Readonly<Record<OrbitName, (seed: number) => Orbit>> = {
  rotation: (seed) => rotationOrbit({ seed }),
  shift: () => shiftOrbit(),
}

/** A skew generator that has nothing to do with the orbit's, drawn by seed. */
function wrongGenerator({ train }: Orbit, seed: number): GeneratorParametrisation {
  const request = { name: 'wrong', bottleneck: 1, dimension: train.shape[1], initialScale: 1 }
  const drawn = skewSymmetric().create({
    ...request,
    dtype: 'float32',
    key: key(seed).child('wrong generator'),
  })
  return fixed(drawn.matrices())
}

const parametrisations: Readonly<
  Record<Exclude<GeneratorChoice, 'none'>, (orbit: Orbit, seed: number) => GeneratorParametrisation>
> = {
  true: ({ generators }) => fixed(generators),
  wrong: wrongGenerator,
  skew: () => skewSymmetric(),
  full: () => full(),
}

/** Squared error summed over the d dimensions: `reconstruction()` takes their mean. */
function summedReconstruction(d: number): Objective {
  const perDimension = reconstruction()
  return {
    ...perDimension,
    loss(batch, batchKey) {
      const { loss, values } = perDimension.loss(batch, batchKey)
      return { loss: mul(loss, d), values }
    },
  }
}

/** Mean distance of the test points to the decoder's image of the code box and its margin. */
function gapDistance(model: Autoencoder, { train, test }: Orbit): number {
  return scope(() => {
    const codes = model.encode(train)
    const low = min(codes).item()
    const high = max(codes).item()
    const margin = protocol.margin * (high - low)
    const latents = reshape(linspace(low - margin, high + margin, protocol.latents, 'float32'), [-1, 1])
    return mean(distanceToImage(model.decoder, latents, test)).item()
  })
}

function alignmentOf(term: LieGroupObjective, { train, generators }: Orbit): number {
  const d = train.shape[1]
  return scope(() =>
    generatorAlignment(term.generators.matrices(), train, reshape(rows(generators, 0, 1), [d, d])).item(),
  )
}

/** Trains one autoencoder on an orbit with a gap (SPEC 5) and measures how near its surface passes to the gap's points. */
export async function runOrbit(
  { orbit: name, generators, weight, seed, steps }: OrbitTask,
  onProgress: (fraction: number) => void,
): Promise<OrbitOutcome> {
  const orbit = orbits[name](seed)
  const { train } = orbit
  const [count, d] = train.shape
  const model = autoencoder({
    input: d,
    bottleneck: 1,
    encoderHidden: [protocol.hidden],
    decoderHidden: [protocol.hidden],
    bottleneckActivation: 'identity',
    initialisation: 'heUniform',
    decoderBias: 'normal',
    seed,
  })
  const term =
    generators === 'none'
      ? undefined
      : lieGroupFirstOrder({
          weight,
          penalty: 'relative',
          sampler: codeBox({ margin: protocol.margin, noise: protocol.noise }),
          pairs: protocol.pairs,
          generators: parametrisations[generators](orbit, seed),
          generatorLearningRate: protocol.generatorLearningRate,
          initialScale: protocol.generatorScale,
        })
  const history = await fit(model, train, {
    epochs: steps,
    batchSize: count,
    optimizer: adam({ learningRate: protocol.learningRate, schedule: cosineDecay() }),
    objective: term ? [summedReconstruction(d), term] : summedReconstruction(d),
    seed,
    onStep: (_, { stepsDone, totalSteps }) => onProgress(stepsDone / totalSteps),
  })
  const unexplained = history.diagnostics.lieGroupFirstOrder?.unexplainedFraction
  return {
    gapDistance: gapDistance(model, orbit),
    alignment: term && isLearned(generators) ? alignmentOf(term, orbit) : null,
    unexplained: typeof unexplained === 'number' ? unexplained : null,
  }
}
