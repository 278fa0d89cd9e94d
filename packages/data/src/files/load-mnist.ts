import { IdxParser } from '../binary/idx-parser.ts'
import type { Dataset } from '../dataset.ts'
import type { ParsedSamples } from '../samples/samples.ts'
import { fail, type Source } from '../samples/source.ts'
import { expectNative } from './expect-native.ts'
import { feed } from './feed.ts'
import { idxLabels } from './idx-labels.ts'
import { findFile, type ImageSettings, imageOptions, imageSet, type LoadImagesOptions } from './image-sets.ts'
import { type OpenFile, withFile } from './open-file.ts'

type Part = 'train' | 't10k'

async function sourceOf(folder: string, part: Part, kind: 'images-idx3' | 'labels-idx1'): Promise<Source> {
  const name = `${part}-${kind}-ubyte`
  // Unzipping by hand has left either name behind on the web.
  const path = await findFile(folder, [name, name.replace('-idx', '.idx')])
  if (path !== null) return { operation: 'loadMnist', name: path }
  return fail({ operation: 'loadMnist', name: folder }, '', `expected ${name} or ${name}.gz, got none`)
}

async function readPart(
  folder: string,
  part: Part,
  { maxBytes, ...options }: ImageSettings,
): Promise<ParsedSamples> {
  const images = await sourceOf(folder, part, 'images-idx3')
  const labels = await sourceOf(folder, part, 'labels-idx1')
  const own = await idxLabels(labels, maxBytes)
  const read = async (file: OpenFile): Promise<ParsedSamples> => {
    expectNative(images, file, 'idx')
    const parser = new IdxParser(images, { ...options, size: file.size, labels: own })
    await feed(file, parser)
    return parser.end()
  }
  return withFile(images, read, maxBytes)
}

/**
 * MNIST, or another set in its form (Fashion-MNIST, KMNIST), from its four IDX files in a folder, each gzipped or not:
 * `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte`, `t10k-labels-idx1-ubyte`.
 *
 * @returns train `[60000, 784]` and test `[10000, 784]`, pixels in [0, 1], or as many as `sample` asks for
 * @throws if a file is missing or damaged, or labels and images differ in number; naming file and byte
 * @example
 * const folder = await mkdtemp(join(tmpdir(), 'mnist-'))
 * for (const part of ['train', 't10k']) {
 *   await writeFile(join(folder, `${part}-images-idx3-ubyte`), Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255))
 *   await writeFile(join(folder, `${part}-labels-idx1-ubyte`), Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 7))
 * }
 * const { train, trainLabels, image } = await loadMnist(folder)   // [[0, 1]], [7], 1 × 2
 */
export async function loadMnist(folder: string, options: LoadImagesOptions = {}): Promise<Dataset> {
  const checked = imageOptions.resolve(options, 'loadMnist')
  const train = await readPart(folder, 'train', checked)
  const test = await readPart(folder, 't10k', checked)
  return imageSet('loadMnist', 'MNIST', train, test)
}
