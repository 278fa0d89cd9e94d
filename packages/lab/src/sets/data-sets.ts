import { cylinderBellFunnel, type Dataset, syntheticControl } from '@facet/data'
import { loadUcr } from '@facet/data/node'
import { gather, type Key, key, tensor } from '@facet/tensor'
import { quote } from '@facet/tensor/checks'
import { imageSets, isImageSet } from './image-sets.ts'
import { setFiles } from './set-folder.ts'

/** Where a set comes from, and how much of it is used. */
export interface SetSource {
  /** Folder of data files; `null` for generated sets. */
  readonly data: string | null
  readonly seed: number
  /** Samples to keep of either part, drawn by seed; `null` for all. */
  readonly samples: number | null
}

/** Sets that need no files: their published formulas, with the UCR archive's sizes. */
export const generatedSets: Readonly<Record<string, (seed: number) => Dataset>> = {
  CBF: (seed) => cylinderBellFunnel({ seed }),
  SyntheticControl: (seed) => syntheticControl({ seed }),
}

/**
 * A data set by name: from files where a folder is given (in it, in one of the set's name, or in another inside it), else generated; of each part `samples` rows, drawn by seed.
 * Series are z-normalised, pixels divided by 255.
 *
 * @throws Error for a set that is neither, and for files that are missing or wrong.
 */
export async function loadSet(name: string, { data, seed, samples }: SetSource): Promise<Dataset> {
  if (data === null) {
    const whole = generate(name, seed)
    return samples === null ? whole : sampled(whole, samples, key(seed).child('samples'))
  }
  const options = samples === null ? {} : { sample: { count: samples, seed } }
  const folder = setFiles(data, name).folder ?? data
  if (!isImageSet(name)) return loadUcr(folder, name, options)
  return imageSets[name].load(folder, options)
}

function generate(name: string, seed: number): Dataset {
  if (Object.hasOwn(generatedSets, name)) return generatedSets[name](seed)
  const names = Object.keys(generatedSets).join(', ')
  throw new Error(
    `set ${quote(name).slice(1, -1)}: expected one of ${names}, or --data with a folder of UCR files`,
  )
}

/** At most `count` samples of each part, in their order. */
function sampled(set: Dataset, count: number, k: Key): Dataset {
  const pick = (part: 'train' | 'test'): Int32Array =>
    k.child(part).permutation(set[part].shape[0]).slice(0, count).sort()
  const [train, test] = [pick('train'), pick('test')]
  return {
    ...set,
    train: gather(set.train, tensor(train)),
    test: gather(set.test, tensor(test)),
    trainLabels: train.map((row) => set.trainLabels[row]),
    testLabels: test.map((row) => set.testLabels[row]),
  }
}
