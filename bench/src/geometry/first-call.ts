// A fresh process: what the first partition costs, and the peak of memory. Arguments: widths, half of the window.
const begun = performance.now()
const { init } = await import('@facet/tensor')
const { planePartition } = await import('@facet/geometry')
const { denseNetwork } = await import('./networks.ts')
await init({ backend: 'wasm' })
const imported = performance.now()
const [widths, half] = [process.argv[2].split('-').map(Number), Number(process.argv[3])]
const network = denseNetwork(widths, 1)
const made = performance.now()
const heldBytes = process.memoryUsage().rss
const called = performance.now()
const { regions, complete, structure } = planePartition(network, { window: [-half, half] })
const done = performance.now()
console.log(
  JSON.stringify({
    regions,
    complete,
    importSeconds: (imported - begun + (made - imported)) / 1000,
    callSeconds: (done - called) / 1000,
    peakBytes: 1024 * process.resourceUsage().maxRSS - heldBytes,
    structureBytes: Object.values(structure).reduce(
      (sum, field) => sum + (ArrayBuffer.isView(field) ? field.byteLength : 0),
      0,
    ),
  }),
)

export {}
