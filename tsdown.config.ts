import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'tsdown'
import { droppable } from './scripts/droppable.ts'

interface Manifest {
  readonly exports: Record<string, { readonly 'facet-source': string; readonly default?: string }>
  readonly bin?: Record<string, string>
}

/** What a package.json exports or runs, and the file that its workers start from: `src/index.ts`, `src/cli.ts`, … */
function entriesOf(folder: string): string[] {
  const { exports, bin = {} }: Manifest = JSON.parse(
    readFileSync(join(import.meta.dirname, 'packages', folder, 'package.json'), 'utf8'),
  )
  // An entry without `default` exists as source alone: tests of other packages use it.
  const exported = Object.values(exports)
    .filter((targets) => targets.default !== undefined)
    .map((targets) => targets['facet-source'].replace('./', ''))
  const commands = Object.values(bin).map((file) => file.replace('./dist/', 'src/').replace(/\.js$/, '.ts'))
  const workers = ['src/worker.ts'].filter((file) =>
    existsSync(join(import.meta.dirname, 'packages', folder, file)),
  )
  return [...exported, ...commands, ...workers]
}

/**
 * The documentation of options is comments on rows of tables, whose types TypeScript infers. It writes such a comment behind the row
 * before, where editors do not look for it.
 */
const docsOnTheirOwnLines = {
  name: 'docs-on-their-own-lines',
  renderChunk: (code: string, { fileName }: { readonly fileName: string }): string | null =>
    fileName.endsWith('.d.ts') ? code.replaceAll(/; (\/\*\* .* \*\/)\n( *)/g, ';\n$2$1\n$2') : null,
}

/** One build per package: ESM and declarations into its own dist/. Other packages stay imports. */
export const buildOf = (folder: string) => ({
  cwd: join(import.meta.dirname, 'packages', folder),
  entry: entriesOf(folder),
  format: 'esm' as const,
  platform: 'neutral' as const,
  target: 'es2022',
  dts: true,
  plugins: [docsOnTheirOwnLines, droppable],
  // Tensor has [Symbol.dispose]; users whose `lib` is older would get an error in our declarations.
  banner: { dts: '/// <reference lib="esnext.disposable" />' },
  deps: { neverBundle: [/^node:/] },
  fixedExtension: false,
  tsconfig: join(import.meta.dirname, 'tsconfig.base.json'),
  checks: { pluginTimings: false },
  logLevel: 'warn' as const,
})

export default defineConfig(readdirSync(join(import.meta.dirname, 'packages')).map(buildOf))
