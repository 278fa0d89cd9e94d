import { join } from 'node:path'
import { build, type Rollup } from 'vite'

const root = join(import.meta.dirname, '..')
const entry = '\0program'

/** A program as a page loads it: bundled from the packages' sources, unused parts left out, minified. */
export async function bundle(program: string): Promise<string> {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['facet-source', 'browser', 'import', 'module', 'default'] },
    plugins: [
      {
        name: 'program',
        resolveId: (id, importer) => {
          if (id === 'program') return entry
          // Packages are found where those that depend on them stand.
          if (importer === entry) return join(root, 'packages', id.replace('@facet/', ''), 'src', 'index.ts')
          return null
        },
        load: (id) => (id === entry ? program : null),
      },
    ],
    build: {
      write: false,
      target: 'es2022',
      minify: true,
      modulePreload: false,
      rollupOptions: { input: 'program', output: { format: 'es' } },
    },
  })
  const { output } = (Array.isArray(built) ? built[0] : built) as Rollup.RollupOutput
  return output.map((chunk) => (chunk.type === 'chunk' ? chunk.code : '')).join('\n')
}
