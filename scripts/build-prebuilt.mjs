// Writes the files of packages/facet/dist that need no bundler, each with all that it imports: `facet.min.js` for a plain script tag, and
// `train-worker.min.js`, the program of `trainInWorker`. From the sources, so that it does not wait for tsdown; after it, which empties the folder. Also
// vitest's global setup.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const facet = fileURLToPath(new URL('../packages/facet', import.meta.url))

/** Each file by its name: what it is made of, and the global that it makes. */
const files = {
  'facet.min.js': { source: 'src/prebuilt/script.ts', globalName: 'facet' },
  'train-worker.min.js': { source: 'src/worker/program.ts' },
}

/** In a script the worker's program is beside it, not where a module finds it. */
const besideScript = {
  name: 'beside-script',
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/default-program\.ts$/ }, () => ({
      path: join(facet, 'src/prebuilt/default-program.ts'),
    })),
}

/** Builds both files into a folder, `dist` by default. */
export async function buildPrebuilt(folder = join(facet, 'dist')) {
  mkdirSync(folder, { recursive: true })
  await Promise.all(
    Object.entries(files).map(([name, { source, globalName }]) =>
      build({
        entryPoints: [join(facet, source)],
        outfile: join(folder, name),
        globalName,
        bundle: true,
        minify: true,
        format: 'iife',
        target: 'es2022',
        charset: 'utf8',
        conditions: ['facet-source'],
        plugins: [besideScript],
        logLevel: 'warning',
      }),
    ),
  )
}

export default () => buildPrebuilt()

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildPrebuilt()
