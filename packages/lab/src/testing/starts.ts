import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inject } from 'vitest'

/** What `scripts/bundle-command.ts` bundles. */
export type Bundled = 'cli' | 'worker' | 'odd-worker' | 'pool-of-busy' | 'take-locks'

/** The bundle of an entry, which Node starts as it is, in a tenth of the time that its source takes. */
export const bundleOf = (entry: Bundled): string => join(inject('commandBundle'), `${entry}.js`)

/** Arguments of Node that start the command from source, as `pnpm facet` does; its workers start from source as well. */
export const commandFromSource = (): string[] => [
  '--conditions=facet-source',
  '--import',
  pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
  join(import.meta.dirname, '..', 'cli.ts'),
]
