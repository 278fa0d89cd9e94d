import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { imageSets, isImageSet } from './image-sets.ts'

const ucrForm = /^(.+)\.(?:tsv|txt|ts)(?:\.gz)?$/

/** The files that a set needs, those of its training part first, and what is one of them. */
const filesOf = (set: string): readonly { readonly name: string; matches(file: string): boolean }[] =>
  isImageSet(set)
    ? imageSets[set].files.map(({ name, form }) => ({ name, matches: (file) => form.test(file) }))
    : ['TRAIN', 'TEST'].map((part) => ({
        name: `${set}_${part}.tsv`,
        matches: (file) => ucrForm.exec(file)?.[1] === `${set}_${part}`,
      }))

/** Names of what is in a folder; none where there is no such folder. */
function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Folders in a folder, in alphabetical order. */
export function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map(({ name }) => name)
      .sort()
  } catch {
    return []
  }
}

/** Where the files of a set were found, and which are missing there. */
export interface SetFiles {
  /** `null` where none of its training part was found. */
  readonly folder: string | null
  /** Files of the training part. */
  readonly training: readonly string[]
  /** Whole paths at which one would be found. */
  readonly missing: readonly string[]
}

/** Looks for the files of a set in a folder, in one of the set's name inside it, and in the same places of every folder inside it. */
export function setFiles(data: string, set: string): SetFiles {
  const needed = filesOf(set)
  const places = ['', ...foldersIn(data)].flatMap((name) => [join(data, name), join(data, name, set)])
  for (const folder of places) {
    const entries = entriesOf(folder)
    const training = entries.filter(needed[0].matches)
    if (training.length === 0) continue
    const missing = needed.filter(({ matches }) => !entries.some(matches))
    return { folder, training, missing: missing.map(({ name }) => join(folder, name)) }
  }
  return { folder: null, training: [], missing: needed.map(({ name }) => join(data, name)) }
}
