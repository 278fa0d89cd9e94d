import { join } from 'node:path'
import { build } from 'esbuild'

const root = join(import.meta.dirname, '../../../..')

/** A program for a page, from the packages' sources, in one file; what it imports is found as `packages/facet/src` finds it. */
export async function bundled(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: join(root, 'packages/facet/src'), loader: 'ts' },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['facet-source'],
    external: ['gpu.js'],
    write: false,
  })
  return outputFiles[0].text
}
