import { readdirSync } from 'node:fs'
import { generatedSets } from '../reproduce/data-sets.ts'
import { didYouMean } from './nearest.ts'
import { UsageError } from './usage-error.ts'

const ucrFile = /^(.+)_TRAIN\.tsv(\.gz)?$/

/** Names of the sets in a folder of UCR files, or in folders of their own inside it. */
function setsInFolder(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (entry.isDirectory()) return [entry.name]
      const match = ucrFile.exec(entry.name)
      return match ? [match[1]] : []
    })
  } catch (error) {
    throw new UsageError(`--data: cannot read ${folder}: ${(error as Error).message}`)
  }
}

/** Refuses sets that are neither generated nor, under `--data`, in the folder. @throws UsageError with the nearest name. */
export function checkSetNames(sets: readonly string[], folder: string | null): void {
  const known = folder === null ? Object.keys(generatedSets) : setsInFolder(folder)
  const unknown = sets.find((set) => !known.includes(set))
  if (unknown === undefined) return
  const hint = didYouMean(unknown, known)
  throw new UsageError(
    folder === null
      ? `--sets: expected ${known.join(' or ')}, which are generated, got '${unknown}'${hint}; other sets need --data with a folder of UCR files`
      : `--sets: no ${unknown}_TRAIN.tsv or ${unknown}_TRAIN.tsv.gz in ${folder}${hint}`,
  )
}
