import type { SamplesFile } from '@facet/data/node'
import { Network } from '@facet/models'
import { cast, type Tensor, tensor } from '@facet/tensor'
import { UsageError } from '../errors.ts'
import { inUnitsOf, type ReadingOptions, samplesFor } from '../model/new-samples.ts'
import { readingFields } from '../model/reading-fields.ts'
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
  reading: ReadingOptions,
): Promise<Tensor> {
  if (path === undefined) throw new UsageError('--data: expected a file of samples')
  const rows =
    folder === null
      ? rawRows(await readSamples({ ...onlyReading(reading), path }, 0))
      : inUnitsOf(folder, await samplesFor(folder, path, onlyReading(reading)))
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

const rawRows = ({ values, count, length }: SamplesFile): Tensor => tensor(values, { shape: [count, length] })

/** Of all flags of a command those of how files are read. */
const onlyReading = (flags: ReadingOptions): ReadingOptions =>
  Object.fromEntries(Object.entries(flags).filter(([name]) => Object.hasOwn(readingFields, name)))
