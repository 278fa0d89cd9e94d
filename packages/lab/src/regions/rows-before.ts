import { applyNormaliser } from '@facet/data'
import { Network } from '@facet/models'
import { cast, type Tensor } from '@facet/tensor'
import { UsageError } from '../errors.ts'
import { type ReadingOptions, samplesFor } from '../model/new-samples.ts'
import { readSamples } from '../model/samples.ts'
import type { OpenedNetwork } from '../network-file/open-network.ts'
import type { PartOptions } from '../network-file/part.ts'

/**
 * The rows of a file as the inputs of a part of a network: in the units of its model, where it has a folder, and through whatever lies before
 * that part. @throws UsageError for a file that does not fit.
 */
export async function rowsBefore(
  { networks, folder }: OpenedNetwork,
  { part, layers }: PartOptions,
  path: string | undefined,
  { format, labels, array }: ReadingOptions,
): Promise<Tensor> {
  if (path === undefined) throw new UsageError('--data: expected a file of samples')
  const rows =
    folder === null
      ? (
          await readSamples(
            { path, format: format ?? null, labels: labels ?? null, array: array ?? null, sample: null },
            0,
          )
        ).data
      : applyNormaliser(
          folder.normaliser,
          (await samplesFor(folder, path, { format, labels, array })).data,
          (row) => `row ${row + 1}`,
        ).data
  const [first, second] = networks
  const before = part === 'decoder' ? first.layers : []
  const chosen = part === 'decoder' ? second : part === 'encoder' ? first : null
  const own = (chosen?.layers ?? networks.flatMap((network) => network.layers)).slice(0, layers?.[0] ?? 0)
  const all = [...before, ...own]
  const { dtype, inputs } = first
  if (rows.shape[1] !== inputs)
    throw new UsageError(
      `${path}: expected ${inputs} columns, the inputs of the network, got ${rows.shape[1]}`,
    )
  const read = cast(rows, dtype)
  return all.length === 0 ? read : new Network(all, 'before', dtype).apply(read)
}
