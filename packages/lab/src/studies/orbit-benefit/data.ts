import { type Dataset, type ImageShape, split } from '@facet/data'
import type { GeneratorBank } from '@facet/regularizers'
import { type Key, key, type Tensor } from '@facet/tensor'
import { SettingError } from '../../fields/setting-error.ts'
import type { SetChecks } from '../../sets/checked-sets.ts'
import { loadSet } from '../../sets/data-sets.ts'
import {
  type BankChoice,
  type BankSource,
  bankOf,
  defaultParts,
  givenBank,
} from '../../sets/generator-banks.ts'
import { type OrbitBenefitSettings, protocol } from './settings.ts'

const { neighbours, validationShare } = protocol

/** Sets that this worker has loaded: the runs of a study ask for the same ones hundreds of times. */
const loaded = new Map<string, Promise<Dataset>>()

/**
 * A set by name: of the training part `samples` rows, of the test part at most `testSamples`.
 *
 * @throws Error for files that are missing or wrong.
 */
function load(set: string, settings: OrbitBenefitSettings): Promise<Dataset> {
  const { data, seed, samples, testSamples } = settings
  const id = JSON.stringify([set, data, seed, samples, testSamples])
  const known = loaded.get(id) ?? loadAnew(set, settings)
  loaded.set(id, known)
  return known
}

async function loadAnew(set: string, settings: OrbitBenefitSettings): Promise<Dataset> {
  const { data, seed, samples, testSamples } = settings
  const training = await loadSet(set, { data, seed, samples })
  if (samples === testSamples || (samples === null && training.test.shape[0] <= testSamples)) return training
  const { test, testLabels } = await loadSet(set, { data, seed, samples: testSamples })
  return { ...training, test, testLabels }
}

/** How settings are checked against the sets. */
export const setChecks: SetChecks<OrbitBenefitSettings> = {
  load,
  validationShare,
  checkSizes({ bottleneck, samples }, set, { train, validation, length }) {
    const most = Math.min(train, length)
    if (bottleneck > most) {
      const what = most === length ? 'the length' : `the training samples beside ${validation} held out`
      throw new SettingError(['bottleneck'], `expected at most ${most}, ${what} of ${set}, got ${bottleneck}`)
    }
    if (train <= neighbours) {
      throw new SettingError(
        ['samples'],
        `expected more than ${neighbours} training samples of ${set} beside ${validation} held out, for ${neighbours} neighbours of each; got ${samples ?? train + validation} in all`,
      )
    }
  },
}

/** What the models of one run share. */
export interface Parts {
  /** Tells these parts from all others. */
  readonly id: string
  readonly train: Tensor
  readonly trainLabels: Int32Array
  readonly validation: Tensor
  readonly test: Tensor
  readonly testLabels: Int32Array
  readonly image: ImageShape | null
  /** Of banks that are drawn or learned. */
  readonly bankKey: Key
}

/** A set with the validation part of a run held out. */
export async function loadParts(set: string, settings: OrbitBenefitSettings, run: number): Promise<Parts> {
  const { train: whole, trainLabels, test, testLabels, image = null } = await load(set, settings)
  const { train, validation, trainIndices } = split(whole, {
    validation: validationShare,
    key: key(settings.seed).child('split', run),
  })
  const { data, seed, samples } = settings
  return {
    id: JSON.stringify([set, data, seed, samples, run]),
    train,
    trainLabels: trainIndices.map((row) => trainLabels[row]),
    validation,
    test,
    testLabels,
    image,
    bankKey: key(settings.seed).child('bank', run),
  }
}

/** What the generators of a run are given for, or learned from; of series those asked for are given, of images affine fields and local warps. */
export const bankSource = ({ train, image, bankKey }: Parts, series: string): BankSource => ({
  length: train.shape[1],
  image,
  train,
  key: bankKey,
  parts: { ...defaultParts, series },
})

/** Of banks that are kept: 8 runs, each with and without amplitude. */
const mostBanks = 16

/** Banks that this worker has made, the oldest first: candidates of a run share them, and EM or an order takes seconds to learn. */
const made = new Map<string, GeneratorBank>()

/** Generators that act on the set. */
export function trainingBank(parts: Parts, series: string, choice: BankChoice = {}): GeneratorBank {
  const id = JSON.stringify([parts.id, series, choice.bank, choice.amplitude, choice.zNormalised])
  const known = made.get(id)
  if (known !== undefined) return known
  const bank = bankOf(bankSource(parts, series), choice)
  if (made.size === mostBanks) made.delete(made.keys().next().value!)
  made.set(id, bank)
  return bank
}

/** What small warps are drawn from: of time alone, and affine ones. */
export const warpBank = ({ train, image }: Parts): GeneratorBank =>
  givenBank({ length: train.shape[1], image }, { series: 'W', image: 'a' })
