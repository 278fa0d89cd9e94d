// Writes a module: the WebAssembly of plane partitions as base64, and what TypeScript shares with its sources. Does nothing where it was made from these sources.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeCodes } from '../../tensor/scripts/assembly-marks.mjs'
import { build, compile, loadCompiler, readSources } from '../../tensor/scripts/build-kernels.mjs'

const plane = join(dirname(fileURLToPath(import.meta.url)), '../src/plane/core')

async function write(sources) {
  const binary = await compile(await loadCompiler(), sources, { entry: 'index.ts', features: ['simd'] })
  return [
    '/** The WebAssembly of assembly/index.ts, in base64. */',
    `export const kernels = '${Buffer.from(binary).toString('base64')}'`,
    writeCodes(sources),
  ].join('\n')
}

export default () => build(join(plane, 'kernels.generated.ts'), readSources(join(plane, 'assembly')), write)
