import { Cifar10Parser } from '../binary/cifar10-parser.ts'
import type { Dataset } from '../dataset.ts'
import type { ParsedSamples } from '../samples/samples.ts'
import { fail } from '../samples/source.ts'
import { feed } from './feed.ts'
import { findFile, type ImageSettings, imageOptions, imageSet, type LoadImagesOptions } from './image-sets.ts'
import { withFile } from './open-file.ts'

const operation = 'loadCifar10'
const batches = [1, 2, 3, 4, 5].map((k) => `data_batch_${k}.bin`)

/** Files one after the other, as if they were one. */
async function readFiles(
  paths: readonly string[],
  { maxBytes, ...options }: ImageSettings,
): Promise<ParsedSamples> {
  const parser = new Cifar10Parser({ operation, name: paths[0] }, { ...options, labelled: true })
  for (const [i, name] of paths.entries()) {
    const source = { operation, name }
    if (i > 0) parser.continueWith(source)
    await withFile(source, (file) => feed(file, parser), maxBytes)
  }
  return parser.end()
}

/**
 * CIFAR-10 in its binary version from a folder: those of `data_batch_1.bin` … `data_batch_5.bin` that are there, in this
 * order, and `test_batch.bin`, each gzipped or not.
 *
 * @returns train `[n, 3072]` (10000 of each whole batch) and test `[10000, 3072]`, pixels in [0, 1], the red ones of an image
 *   first, then the green and the blue; or as many as `sample` asks for
 * @throws if no training batch or no test batch is there, or one is damaged; naming file and byte
 * @example
 * const folder = await mkdtemp(join(tmpdir(), 'cifar-'))
 * for (const name of ['data_batch_1.bin', 'test_batch.bin']) await writeFile(join(folder, name), new Uint8Array(2 * 3073))
 * const { train, image } = await loadCifar10(folder)   // [2, 3072], 32 × 32 × 3
 */
export async function loadCifar10(folder: string, options: LoadImagesOptions = {}): Promise<Dataset> {
  const checked = imageOptions.resolve(options, operation)
  const found = await Promise.all(batches.map((name) => findFile(folder, [name])))
  const train = found.filter((path) => path !== null)
  const test = await findFile(folder, ['test_batch.bin'])
  if (train.length === 0)
    fail({ operation, name: folder }, '', `expected ${batches[0]} or ${batches[0]}.gz, got none`)
  if (test === null)
    return fail({ operation, name: folder }, '', 'expected test_batch.bin or test_batch.bin.gz, got none')
  return imageSet(operation, 'CIFAR10', await readFiles(train, checked), await readFiles([test], checked))
}
