import { readdirSync } from 'node:fs'
import { SettingError } from '../document/setting-error.ts'
import { generatedSets, imageSets } from '../reproduce/data-sets.ts'
import { didYouMean } from './nearest.ts'

const ucrFile = /^(.+)_TRAIN\.(tsv|txt|ts)(\.gz)?$/

/** Names of the sets in a folder of UCR, MNIST or CIFAR-10 files, or in folders of their own inside it. */
function setsInFolder(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      if (entry.isDirectory()) return [entry.name]
      const match = ucrFile.exec(entry.name)
      if (match) return [match[1]]
      return Object.keys(imageSets).filter((name) => imageSets[name].file.test(entry.name))
    })
  } catch (error) {
    throw new SettingError(['data'], `cannot read ${folder}: ${(error as Error).message}`)
  }
}

/**
 * Refuses sets that are neither generated nor, where a folder is given, in it.
 *
 * @throws SettingError with the nearest name.
 */
export function checkSetNames(sets: readonly string[], folder: string | null): void {
  const known = folder === null ? Object.keys(generatedSets) : setsInFolder(folder)
  const at = sets.findIndex((set) => !known.includes(set))
  if (at < 0) return
  const hint = didYouMean(sets[at], known)
  throw new SettingError(
    ['sets', at],
    folder === null
      ? `expected ${known.join(' or ')}, which are generated, got '${sets[at]}'${hint}; other sets need --data with a folder of UCR files`
      : `no ${sets[at]}_TRAIN.tsv or ${sets[at]}_TRAIN.tsv.gz in ${folder}${hint}`,
  )
}
