import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const leftOut = ['node_modules', 'dist', 'results', 'facet-results', '.generated', '.git', 'fixtures']

/** The project's files that people write, by name, relative to the root. */
export function writtenFiles(folder = '.'): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return leftOut.includes(entry.name) ? [] : writtenFiles(path)
    return /\.(ts|mjs|py|md)$/.test(entry.name) && !entry.name.endsWith('.generated.ts') ? [path] : []
  })
}

/** A section of a document that a file refers to: `mathematics.md 3.2` or `architecture.md 4`. */
export interface Citation {
  readonly file: string
  readonly document: string
  readonly section: string
}

/** The citations of a file's text. */
export function citationsOf(file: string): Citation[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/\b(mathematics|architecture)\.md(?:[`)\]\s*]|\/\/)+(\d+(?:\.\d+)?)\b/g)].map(
    ([, document, section]) => ({ file, document: `docs/${document}.md`, section }),
  )
}

/** The numbers of a document's sections. */
export function sectionsOf(document: string): Set<string> {
  const text = readFileSync(join(root, document), 'utf8')
  return new Set([...text.matchAll(/^#{2,3} (\d+(?:\.\d+)?)\.? /gm)].map(([, section]) => section))
}
