// Writes a module: the WebAssembly of plane partitions as text, and what TypeScript shares with its sources. Does nothing where it was made from these sources.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, readSources } from '../../tensor/scripts/build-kernels.mjs'
import { writePlain } from '../../tensor/scripts/plain-module.mjs'

const scripts = dirname(fileURLToPath(import.meta.url))
const plane = join(scripts, '../src/plane/core')
const files = join(scripts, '../kernels')

export default () =>
  build(
    join(plane, 'kernels.generated.ts'),
    readSources(join(plane, 'assembly')),
    writePlain(files, 'geometry/plane'),
    [join(files, 'plane.wasm')],
  )
