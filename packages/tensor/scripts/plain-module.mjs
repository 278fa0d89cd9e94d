import { writeCodes } from './assembly-marks.mjs'
import { compile, loadCompiler, writeKernelFile } from './build-kernels.mjs'
import { textLines } from './text-module.mjs'

/**
 * Writes the text of a module with the WebAssembly of sources, whose entry is `index.ts`, and what TypeScript shares with them; and the same WebAssembly
 * as a file.
 *
 * @param name what the file is: `geometry/plane` is `plane.wasm`
 */
export const writePlain = (folder, name) => async (sources, version) => {
  const binary = await compile(await loadCompiler(), sources, { entry: 'index.ts', features: ['simd'] })
  writeKernelFile(folder, { name, build: 'simd', version }, binary)
  return [...textLines('The WebAssembly of assembly/index.ts', [binary], version), writeCodes(sources)].join(
    '\n',
  )
}
