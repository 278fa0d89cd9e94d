import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const programs = fileURLToPath(new URL('./programs/', import.meta.url))
const here = fileURLToPath(new URL('../../', import.meta.url))

/** A program as minified modules by their names, `<name>.js` the first; others are loaded where they are asked for. Facet's packages are those of the checkout at `root`. */
export async function bundleProgram(
  name: string,
  platform: 'browser' | 'node',
  root = here,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: [join(programs, `${name}.ts`)],
    bundle: true,
    write: false,
    splitting: true,
    outdir: 'out',
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform,
    conditions: ['facet-source', platform, 'import', 'module'],
    // Nobody asks for a GPU or a store.
    external: ['gpu.js', './stores/index.ts'],
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    banner:
      platform === 'node'
        ? {
            js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url); const __dirname = '/';",
          }
        : {},
    plugins: [
      {
        name: 'checkout',
        setup(build) {
          build.onResolve({ filter: /^@facet\/\w+$/ }, ({ path, importer }) =>
            importer.startsWith(programs)
              ? { path: join(root, 'packages', path.slice('@facet/'.length), 'src/index.ts') }
              : undefined,
          )
        },
      },
    ],
  })
  return new Map(outputFiles.map(({ path, contents }) => [basename(path), contents]))
}
