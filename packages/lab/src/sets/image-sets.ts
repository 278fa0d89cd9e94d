import type { Dataset } from '@facet/data'
import { type LoadImagesOptions, loadCifar10, loadMnist } from '@facet/data/node'

/** A file that a set needs. */
export interface NeededFile {
  /** Its usual name, for messages. */
  readonly name: string
  /** Matches it in all the forms that are read. */
  readonly form: RegExp
}

interface ImageSet {
  /** Of its training part first; of several that match one is enough. */
  readonly files: readonly NeededFile[]
  /** Files of the training part where all are there, and images in each. */
  readonly whole: { readonly files: number; readonly images: number }
  load(folder: string, options: LoadImagesOptions): Promise<Dataset>
}

/** Sets of images. */
export const imageSets: Readonly<Record<string, ImageSet>> = {
  MNIST: {
    files: [
      { name: 'train-images-idx3-ubyte', form: /^train-images/ },
      { name: 't10k-images-idx3-ubyte', form: /^t10k-images/ },
    ],
    whole: { files: 1, images: 60_000 },
    load: loadMnist,
  },
  CIFAR10: {
    files: [
      { name: 'data_batch_1.bin', form: /^data_batch_[1-5]\.bin/ },
      { name: 'test_batch.bin', form: /^test_batch\.bin/ },
    ],
    whole: { files: 5, images: 10_000 },
    load: loadCifar10,
  },
}

/** Whether a set is one of images; any other name, `constructor` among them, is that of a UCR file. */
export const isImageSet = (name: string): boolean => Object.hasOwn(imageSets, name)
