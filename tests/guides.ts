import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const examples = join(import.meta.dirname, '../examples')
const root = join(examples, '..')

/** One page of docs/guides, or the README, and the program that it shows. */
export interface Guide {
  readonly page: string
  readonly program: string
  /** Blocks of the page by language. */
  blocks(language: string): string[]
}

/** The guide of a program, both by one name. */
export function guideOf(name: string): Guide {
  const page = readFileSync(join(root, name === 'start' ? 'README.md' : `docs/guides/${name}.md`), 'utf8')
  return {
    page,
    program: readFileSync(join(examples, `${name}.mjs`), 'utf8'),
    blocks: (language) =>
      [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
        ([, text]) => text,
      ),
  }
}

/** Programs for Node, the README's first, and those of pages. */
export const nodeGuides = [
  'start',
  'fit-a-table',
  'threshold',
  'stream',
  'map',
  'denoise',
  'own-loss',
  'own-layer',
] as const
export const pageGuides = ['save-and-load', 'gpu', 'worker'] as const
