// Vitest's global setup of tests that start the command and its workers again and again. From source each start loads and transpiles
// hundreds of files, 2.9 s of a processor; from this bundle, made once in 4 s, 0.3 s.
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'

const root = join(import.meta.dirname, '..')
const lab = join(root, 'packages', 'lab')
const conditions = ['facet-source', 'node', 'import', 'module', 'default']

/** What tests start, by the names of `packages/lab/src/testing/starts.ts`. */
const entries = {
  cli: 'cli.ts',
  worker: 'worker.ts',
  'odd-worker': 'pool/testing/odd-worker.ts',
  'pool-of-busy': 'pool/testing/pool-of-busy.ts',
  'take-locks': 'folder/testing/take-locks.ts',
}

async function bundleInto(folder: string): Promise<void> {
  const input = Object.entries(entries).map(([name, file]) => [name, join(lab, 'src', file)])
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { conditions },
    // All that is JavaScript goes in: to find its files costs more than to read them.
    ssr: { noExternal: true, external: ['@resvg/resvg-js'], resolve: { conditions } },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node20',
      emptyOutDir: true,
      rollupOptions: {
        input: Object.fromEntries(input),
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  })
}

export default async function bundleCommand(project: TestProject): Promise<() => void> {
  // Within the package, where what is not bundled is found. A folder of its own for each run of vitest: others may be at work.
  const caches = join(lab, 'node_modules', '.cache')
  mkdirSync(caches, { recursive: true })
  const folder = mkdtempSync(join(caches, 'facet-command-'))
  // A test starts the command as another user.
  chmodSync(folder, 0o755)
  await bundleInto(folder)
  project.provide('commandBundle', folder)
  project.onTestsRerun(() => bundleInto(folder))
  return () => rmSync(folder, { recursive: true, force: true })
}
