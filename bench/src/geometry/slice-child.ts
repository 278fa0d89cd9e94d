import { readFile } from 'node:fs/promises'
import { planePartition } from '@facet/geometry'
import { loadModel } from '@facet/models'
import { init } from '@facet/tensor'
import { wholeOf } from './mnist-models.ts'
import type { SliceTask } from './slices.ts'

// A process of its own: a peak never goes back.
const { model, plane, window } = JSON.parse(await readFile(process.argv[2], 'utf8')) as SliceTask
await init({ backend: 'wasm' })
const network = wholeOf(loadModel(await readFile(model)))
const heldBytes = process.memoryUsage().rss
const begun = performance.now()
const partition = planePartition(network, { plane, window })
const seconds = (performance.now() - begun) / 1000
const { regions, complete, verified, structure } = partition
const peakBytes = 1024 * process.resourceUsage().maxRSS - heldBytes
console.log(
  JSON.stringify({
    regions,
    complete,
    verified,
    seconds,
    peakBytes,
    units: partition.units,
    vertices: structure.vertices,
    structureBytes: bytesOf(structure),
  }),
)

function bytesOf(value: object): number {
  return Object.values(value).reduce(
    (sum, field) => sum + (ArrayBuffer.isView(field) ? field.byteLength : 0),
    0,
  )
}
