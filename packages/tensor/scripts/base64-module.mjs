import { writeCodes } from './assembly-marks.mjs'
import { compile, loadCompiler } from './build-kernels.mjs'

/** The text of a module with the WebAssembly of sources, whose entry is `index.ts`, and what TypeScript shares with them. */
export async function writeBase64(sources) {
  const binary = await compile(await loadCompiler(), sources, { entry: 'index.ts', features: ['simd'] })
  return [
    '/** The WebAssembly of assembly/index.ts, in base64. */',
    `export const kernels = '${Buffer.from(binary).toString('base64')}'`,
    writeCodes(sources),
  ].join('\n')
}
