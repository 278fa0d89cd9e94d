import { imageSets, isImageSet } from './image-sets.ts'
import { setFiles } from './set-folder.ts'

/** Those of some sets that a folder has whole, and what is to be said of the others. */
export interface CompleteSets {
  readonly sets: readonly string[]
  /** A line each: a set of which files are missing, or that is there in part. */
  readonly notes: readonly string[]
}

/** The sets of a list whose files are in a folder; of the others it is said where their files were expected. */
export function completeSets(data: string, names: readonly string[]): CompleteSets {
  const found = names.map((set) => ({ set, ...setFiles(data, set) }))
  return {
    sets: found.filter(({ missing }) => missing.length === 0).map(({ set }) => set),
    notes: found.flatMap(({ set, missing, training }) =>
      missing.length > 0
        ? [`${set} is left out: expected ${missing.join(' and ')}, each gzipped or not`]
        : partOf(set, training.length),
    ),
  }
}

function partOf(set: string, count: number): string[] {
  if (!isImageSet(set)) return []
  const { files, images } = imageSets[set].whole
  return count >= files
    ? []
    : [
        `${set}: ${count} of ${files} files of the training part were found, ${count * images} of ${files * images} images`,
      ]
}
