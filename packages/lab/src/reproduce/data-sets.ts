import { cylinderBellFunnel, type Dataset, syntheticControl } from '@facet/data'
import { loadUcr } from '@facet/data/node'

/** Sets that need no files: their published formulas, with the UCR archive's sizes. */
export const generatedSets: Readonly<Record<string, (seed: number) => Dataset>> = {
  CBF: (seed) => cylinderBellFunnel({ seed }),
  SyntheticControl: (seed) => syntheticControl({ seed }),
}

/**
 * A data set by name: from UCR files where a folder is given, else generated.
 *
 * @throws Error for a set that is neither, and for files that are missing or wrong.
 */
export async function loadSet(name: string, folder: string | null, seed: number): Promise<Dataset> {
  if (folder !== null) return loadUcr(folder, name)
  const generate = generatedSets[name]
  if (!generate) {
    const names = Object.keys(generatedSets).join(', ')
    throw new Error(`set ${name}: expected one of ${names}, or --data with a folder of UCR files`)
  }
  return generate(seed)
}
