import { join } from 'node:path'
import { build, type Rollup } from 'vite'

const root = join(import.meta.dirname, '..')
const entry = '\0program'

/** A program as a page loads it: bundled from the packages' sources, unused parts left out, minified. */
export const bundle = async (program: string): Promise<string> =>
  [...(await bundleFiles(program)).values()].join('\n')

/** Its files by name; the first is the program, others are what it imports when it needs it. */
export async function bundleFiles(program: string): Promise<Map<string, string>> {
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
  return new Map(output.flatMap((chunk) => (chunk.type === 'chunk' ? [[chunk.fileName, chunk.code]] : [])))
}
