import { access, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Source } from '../samples/source.ts'
import type { SeriesParser, SeriesParserOptions } from './series-rows.ts'
import { UcrTextParser } from './text-parser.ts'
import { TsParser } from './ts-parser.ts'

export type Part = 'TRAIN' | 'TEST'

/** The forms that series come in, in the order of preference, and who reads them. */
const parsers: Readonly<Record<string, new (source: Source, options: SeriesParserOptions) => SeriesParser>> =
  {
    '.tsv': UcrTextParser,
    '.txt': UcrTextParser,
    '.ts': TsParser,
  }

/** What may follow the name of a part. */
const endings = Object.keys(parsers).flatMap((ending) => [ending, `${ending}.gz`])

export interface SeriesFile {
  readonly path: string
  readonly newParser: (source: Source, options: SeriesParserOptions) => SeriesParser
}

/** The file of a part, in the folder or in the set's own inside it; `null` if there is none. */
export async function findPart(folder: string, name: string, part: Part): Promise<SeriesFile | null> {
  const places = Object.entries(parsers).flatMap(([ending, Parser]) =>
    [folder, join(folder, name)].flatMap((place) =>
      [ending, `${ending}.gz`].map((e) => ({ place, ending: e, Parser })),
    ),
  )
  for (const { place, ending, Parser } of places) {
    const path = join(place, `${name}_${part}${ending}`)
    const there = await access(path).then(
      () => true,
      () => false,
    )
    if (there) return { path, newParser: (source, options) => new Parser(source, options) }
  }
  return null
}

const trainingFile = new RegExp(`^(.+)_TRAIN(${endings.join('|').replaceAll('.', '\\.')})$`)

/**
 * Names of the sets that {@link loadUcr} finds in a folder: those with a training part in any form, in the folder itself or
 * in a folder of their own inside it. In alphabetical order.
 *
 * @throws if the folder cannot be read
 * @example
 * const folder = await mkdtemp(join(tmpdir(), 'ucr-'))
 * await writeFile(join(folder, 'Toy_TRAIN.tsv'), '1\t0\t1\t2\n')
 * await listUcr(folder) // ['Toy']
 */
export async function listUcr(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw new Error(`listUcr: ${folder}: expected a folder of UCR files, got: ${error.message}`)
  })
  const found = await Promise.all(
    entries.map(async (entry) => {
      const own = trainingFile.exec(entry.name)?.[1]
      if (own !== undefined) return own
      const isFolder = entry.isDirectory() || entry.isSymbolicLink()
      const inside = isFolder ? await readdir(join(folder, entry.name)).catch(() => []) : []
      return inside.some((file) => trainingFile.exec(file)?.[1] === entry.name) ? entry.name : null
    }),
  )
  return [...new Set(found.filter((name) => name !== null))].sort()
}
