import { loadSamples, type Samples, type SamplesFormat } from '@facet/data/node'
import { startEngine } from '../engine.ts'
import { UsageError } from '../errors.ts'
import type { DataSettings } from './settings.ts'

/** What the loader says to a program, told to someone who has flags instead of options. */
const wordings: readonly (readonly [RegExp, string])[] = [
  [/^loadSamples: /, ''],
  [/ by the option (\w+)/, ' by --$1'],
]

/** A word where a CSV should have a number is most likely a class. */
const word = /field \d+.*: expected a finite number, got "(?!nan|inf)\p{L}[^"]*"$/iu

function wording(message: string, labels: DataSettings['labels']): string {
  const told = wordings.reduce((text, [from, to]) => text.replace(from, to), message)
  return labels === null && word.test(told) ? `${told}; --labels names a column of labels` : told
}

/** Reads the samples of a file. @throws UsageError naming the file, and the line or byte that is wrong. */
export async function readSamples(data: DataSettings, seed: number): Promise<Samples> {
  const { path, format, labels, array, sample } = data
  await startEngine()
  try {
    return await loadSamples(path, {
      ...(format !== null && { format: format as SamplesFormat }),
      ...(labels !== null && { labels }),
      ...(array !== null && { array }),
      ...(sample !== null && { sample: { count: sample, seed } }),
    })
  } catch (error) {
    throw new UsageError(wording((error as Error).message, labels))
  }
}

/** The number of a sample in its file, from 1. */
export const rowNumber = ({ rows }: Samples, index: number): number => (rows?.[index] ?? index) + 1

/** The class of a sample by its name; `null` without labels. */
export function labelOf({ labels, classes }: Samples, index: number): string | null {
  if (labels === null) return null
  return classes?.[labels[index]] ?? String(labels[index])
}
