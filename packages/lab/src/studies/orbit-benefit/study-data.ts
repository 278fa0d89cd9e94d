import { type Dataset, type ImageShape, split } from '@facet/data'
import type { GeneratorBank } from '@facet/regularizers'
import { key, type Tensor } from '@facet/tensor'
import { loadSet } from '../../sets/data-sets.ts'
import { bankOf, defaultParts, type SampleKind } from '../../sets/generator-banks.ts'
import { type OrbitBenefitSettings, orbitStudyProtocol } from './settings.ts'

/** Sets that this thread has loaded: the runs of a study ask for the same ones hundreds of times. */
const loaded = new Map<string, Promise<Dataset>>()

/**
 * A set by name: of the training part `samples` rows, of the test part at most `testSamples`.
 *
 * @throws Error for files that are missing or wrong.
 */
export function loadStudySet(set: string, settings: OrbitBenefitSettings): Promise<Dataset> {
  const { data, seed, samples, testSamples } = settings
  const id = JSON.stringify([set, data, seed, samples, testSamples])
  const known = loaded.get(id)
  if (known !== undefined) return known
  const made = load(set, settings)
  loaded.set(id, made)
  return made
}

async function load(
  set: string,
  { data, seed, samples, testSamples }: OrbitBenefitSettings,
): Promise<Dataset> {
  const training = await loadSet(set, { data, seed, samples })
  if (samples === testSamples || (samples === null && training.test.shape[0] <= testSamples)) return training
  const { test, testLabels } = await loadSet(set, { data, seed, samples: testSamples })
  return { ...training, test, testLabels }
}

/** What the models of one run share. */
export interface StudyParts {
  readonly train: Tensor
  readonly trainLabels: Int32Array
  readonly validation: Tensor
  readonly test: Tensor
  readonly testLabels: Int32Array
  readonly image: ImageShape | null
}

/** A set with the validation part of a run held out. */
export async function loadParts(
  set: string,
  settings: OrbitBenefitSettings,
  run: number,
): Promise<StudyParts> {
  const { train: whole, trainLabels, test, testLabels, image = null } = await loadStudySet(set, settings)
  const { train, validation, trainIndices } = split(whole, {
    validation: orbitStudyProtocol.validationShare,
    key: key(settings.seed).child('split', run),
  })
  return {
    train,
    trainLabels: trainIndices.map((row) => trainLabels[row]),
    validation,
    test,
    testLabels,
    image,
  }
}

const kindOf = ({ train, image }: StudyParts): SampleKind => ({ length: train.shape[1], image })

/** Generators that act on the set: of series those asked for, of images affine fields and local warps. */
export const studyBank = (parts: StudyParts, series: string): GeneratorBank =>
  bankOf(kindOf(parts), { ...defaultParts, series })

/** What small warps are drawn from: of time alone, and affine ones. */
export const warpBank = (parts: StudyParts): GeneratorBank =>
  bankOf(kindOf(parts), { series: 'W', image: 'a' })
