/** The names of Facet's own kinds, in the order of the table `layerKinds`: for what says which there are without reading any. */
export const knownKinds: readonly string[] = [
  'dense',
  'conv',
  'convTranspose',
  'maxPool',
  'averagePool',
  'upsample',
  'maxout',
  'residual',
  'shift',
  'reshape',
]
