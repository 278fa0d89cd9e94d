// Writes a module: the WebAssembly of the search for the nearest region as text, and what TypeScript shares with its source. Does nothing where it was made from this source.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, readSources } from '../../tensor/scripts/build-kernels.mjs'
import { writePlain } from '../../tensor/scripts/plain-module.mjs'

const scripts = dirname(fileURLToPath(import.meta.url))
const search = join(scripts, '../src/region/search')
const files = join(scripts, '../kernels')

export default () =>
  build(
    join(search, 'kernels.generated.ts'),
    readSources(join(search, 'assembly')),
    writePlain(files, 'models/nearest'),
    [join(files, 'nearest.wasm')],
  )
