import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import { build } from 'tsdown'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildOf } from '../tsdown.config.ts'

const root = join(import.meta.dirname, '..')
const shaken = readdirSync(join(root, 'packages')).filter((folder) => folder !== 'lab')
const out = mkdtempSync(join(tmpdir(), 'facet-shaken-'))

interface Target {
  readonly 'facet-source': string
  readonly default?: string
}

/** Entries that a page may import: what is imported, its source, and its built file. */
const entries = shaken.flatMap((folder) => {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8'))
  return Object.entries<Target>(exports)
    .filter(([entry, targets]) => targets.default !== undefined && entry !== './node')
    .map(([entry, targets]) => ({
      name: `${name}${entry.slice(1)}`,
      source: join(root, 'packages', folder, targets['facet-source']),
      built: join(out, folder, targets.default!.replace('./dist/', '')),
    }))
})

type Side = 'source' | 'built'

/** Bytes of programs, minified and compressed: of each export alone, `@facet/tensor crc32`. One build makes all. */
async function sizes(side: Side, programs: readonly string[]): Promise<Map<string, number>> {
  const { outputFiles } = await esbuild.build({
    entryPoints: programs.map((program, i) => ({ in: `program:${program}`, out: String(i) })),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: out,
    write: false,
    external: ['gpu.js'],
    plugins: [
      {
        name: 'packages',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^program:/ }, ({ path }) => ({ path, namespace: 'program' }))
          onResolve({ filter: /^@facet\// }, ({ path }) => {
            const entry = entries.find(({ name }) => name === path)!
            return { path: entry[side], sideEffects: path === '@facet/tensor/gpu' }
          })
          // What `sideEffects: false` of a manifest says of all other files.
          onResolve({ filter: /^\./ }, ({ path, resolveDir }) => ({
            path: join(resolveDir, path),
            sideEffects: false,
          }))
          onLoad({ filter: /.*/, namespace: 'program' }, ({ path }) => {
            const [name, value] = path.replace('program:', '').split(' ')
            return {
              contents: `import { ${value} } from '${name}'\nglobalThis.result = ${value}`,
              resolveDir: root,
            }
          })
        },
      },
    ],
  })
  const bytes = new Map(outputFiles.map(({ path, contents }) => [path, gzipSync(contents).length]))
  return new Map(programs.map((program, i) => [program, bytes.get(join(out, `${i}.js`))!]))
}

/** Most bytes that an export may cost alone: a tenth above what was measured when it was entered. */
const bounds: Readonly<Record<string, number>> = {
  '@facet/tensor formatShape': 170,
  '@facet/tensor crc32': 1_200,
  '@facet/tensor encodeNpy': 1_100,
  '@facet/tensor encodeSafetensors': 1_300,
  '@facet/tensor tensor': 5_500,
  '@facet/tensor matmul': 6_400,
  '@facet/tensor key': 8_200,
  '@facet/tensor decodeNpz': 11_000,
  '@facet/tensor conv2d': 22_300,
  '@facet/tensor init': 50_900,
  '@facet/autograd grad': 17_800,
  '@facet/models pValues': 1_100,
  '@facet/models calibrate': 1_300,
  '@facet/models adam': 6_000,
  '@facet/models Dense': 11_600,
  '@facet/models autoencoder': 30_000,
  '@facet/models fit': 42_800,
  '@facet/geometry groupByRegion': 250,
  '@facet/geometry planePartition': 41_300,
  '@facet/regularizers denoising': 8_700,
  '@facet/data normalise': 6_500,
  '@facet/data parseUcr': 17_100,
}

describe('a program that imports one thing of a built package', () => {
  const programs: string[] = []
  let built: Map<string, number>
  let source: Map<string, number>

  beforeAll(async () => {
    for (const folder of shaken)
      await build({ ...buildOf(folder), config: false, dts: false, outDir: join(out, folder) })
    for (const { name, built } of entries) {
      const { metafile } = await esbuild.build({
        entryPoints: [built],
        format: 'esm',
        bundle: true,
        write: false,
        metafile: true,
        packages: 'external',
        outdir: out,
      })
      const exported = Object.values(metafile.outputs).flatMap((output) => output.exports)
      programs.push(...exported.map((value) => `${name} ${value}`))
    }
    built = await sizes('built', programs)
    source = await sizes('source', programs)
  })

  afterAll(() => rmSync(out, { recursive: true }))

  it('carries no more than from the sources, whichever of the exports it is', () => {
    expect(programs.length).toBeGreaterThan(400)
    const heavier = programs.filter((program) => built.get(program)! > source.get(program)! * 1.02 + 64)
    expect(
      heavier.map((program) => `${program}: ${built.get(program)}, from source ${source.get(program)}`),
    ).toEqual([])
  })

  it.each(Object.entries(bounds))('%s costs at most %d bytes', (program, most) => {
    expect(built.get(program)).toBeLessThanOrEqual(most)
  })
})
