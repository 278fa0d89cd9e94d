import { join } from 'node:path'
import { listUcr } from '@facet/data/node'
import { quote } from '@facet/tensor/checks'
import { SettingError } from '../fields/setting-error.ts'
import { didYouMean } from '../text/nearest.ts'
import { generatedSets } from './data-sets.ts'
import { imageSets, isImageSet } from './image-sets.ts'
import { foldersIn, setFiles } from './set-folder.ts'

/** Names of the sets in a folder of UCR, MNIST or CIFAR-10 files, in folders of their own inside it, and in its other folders. */
async function setsInFolder(folder: string): Promise<string[]> {
  try {
    const images = Object.keys(imageSets).filter((name) => setFiles(folder, name).folder !== null)
    const inside = foldersIn(folder).map((name) => listUcr(join(folder, name)).catch(() => []))
    const series = [await listUcr(folder), ...(await Promise.all(inside))].flat()
    return [...new Set([...series, ...images])]
  } catch (error) {
    throw new SettingError(['data'], `cannot read ${folder}: ${(error as Error).message}`)
  }
}

/** Letters of a name that others are compared with. */
const LONGEST = 64

const isPath = (name: string): boolean => name === '' || /[/\\\p{Cc}]|^\.\.?$/u.test(name)
const bare = (quoted: string): string => quoted.slice(1, -1)

/**
 * Refuses sets that are neither generated nor, where a folder is given, in it.
 *
 * @throws SettingError with the nearest name.
 */
export async function checkSetNames(sets: readonly string[], folder: string | null): Promise<void> {
  const known = folder === null ? Object.keys(generatedSets) : await setsInFolder(folder)
  const at = sets.findIndex((set) => !known.includes(set))
  if (at < 0) return
  const name = quote(sets[at])
  const hint = didYouMean(sets[at].slice(0, LONGEST), known)
  throw new SettingError(
    ['sets', at],
    folder === null
      ? `expected ${known.join(' or ')}, which are generated, got ${name}${hint}; other sets need --data with a folder of UCR files`
      : isPath(sets[at])
        ? `expected the name of a set, whose files lie in ${folder}, got ${name}${hint}`
        : isImageSet(sets[at])
          ? `no ${setFiles(folder, sets[at]).missing[0]}, gzipped or not`
          : `no ${bare(name)}_TRAIN.tsv or ${bare(name)}_TRAIN.tsv.gz in ${folder}${hint}`,
  )
}
