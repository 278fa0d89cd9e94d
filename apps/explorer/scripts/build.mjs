// Builds apps/explorer/dist from the packages' sources: `pnpm build` calls it, and `pnpm explore` where there is no build or an old one.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import buildKernels from '../../../scripts/build-kernels.mjs'

const app = fileURLToPath(new URL('..', import.meta.url))
const root = join(app, '..', '..')
export const dist = join(app, 'dist')

/** When the youngest of some files was written; 0 where there is none. */
function youngest(folder, isWanted) {
  let last = 0
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || !isWanted(entry)) continue
    last = Math.max(last, statSync(join(entry.parentPath, entry.name)).mtimeMs)
  }
  return last
}

const isSource = ({ name, parentPath }) =>
  !/\.test\.tsx?$/.test(name) && !/node_modules|[/\\]dist([/\\]|$)/.test(parentPath)

/** Whether there is a build that is younger than all that it is made of. */
export function isBuilt() {
  const made = statSync(join(dist, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  if (made === 0) return false
  const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name, 'src'))
  const own = ['vite.config.ts', 'index.html', 'package.json'].map(
    (name) => statSync(join(app, name)).mtimeMs,
  )
  return (
    Math.max(...own, ...[join(app, 'src'), ...packages].map((folder) => youngest(folder, isSource))) < made
  )
}

export async function buildExplorer() {
  await buildKernels()
  await build({ configFile: join(app, 'vite.config.ts'), logLevel: 'warn' })
}

/** Vitest's global setup of the tests of pages. */
export default async () => {
  if (!isBuilt()) await buildExplorer()
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildExplorer()
