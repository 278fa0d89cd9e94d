import { loadSamples, type Samples, type SamplesFormat } from '@facet/data/node'
import { init } from '@facet/tensor'
import { UsageError } from '../command/usage-error.ts'
import type { DataSettings } from './settings.ts'

/** Reads the samples of a file. @throws UsageError naming the file, and the line or byte that is wrong. */
export async function readSamples(data: DataSettings, seed: number): Promise<Samples> {
  const { path, format, labels, array, sample } = data
  await init({ backend: 'reference' })
  try {
    return await loadSamples(path, {
      ...(format !== null && { format: format as SamplesFormat }),
      ...(labels !== null && { labels }),
      ...(array !== null && { array }),
      ...(sample !== null && { sample: { count: sample, seed } }),
    })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

/** The number of a sample in its file, from 1. */
export const rowNumber = ({ rows }: Samples, index: number): number => (rows?.[index] ?? index) + 1

/** The class of a sample by its name; `null` without labels. */
export function labelOf({ labels, classes }: Samples, index: number): string | null {
  if (labels === null) return null
  return classes?.[labels[index]] ?? String(labels[index])
}
