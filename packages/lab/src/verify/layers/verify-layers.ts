import { tensorOf } from '../../network-file/file-layer.ts'
import { readNetwork } from '../../network-file/read-network.ts'
import { missingQuantity } from '../compare.ts'
import { type Comparison, compareTree, newComparison } from '../compare-tree.ts'
import type { FloatType } from '../tolerance.ts'
import type { LayersFile } from './layers-file.ts'
import { layersQuantities } from './quantities.ts'

/** Compares everything that a file of layers expects with what Facet computes. What it should expect and does not is off. */
export function verifyLayers(file: LayersFile, dtype: FloatType): Comparison {
  const network = readNetwork(file, dtype)
  const x = tensorOf({ name: 'golden file', dtype }, 'x', file.x, ['N', network.inputs])
  const comparison = newComparison()
  const context = { dtype, scaleAt: () => 0 }
  for (const name of Object.keys(layersQuantities)) {
    if (!Object.hasOwn(file.expect, name)) comparison.quantities[name] = missingQuantity()
  }
  for (const [name, want] of Object.entries(file.expect)) {
    const recompute = () =>
      Object.hasOwn(layersQuantities, name) ? layersQuantities[name](network, x) : undefined
    compareTree(name, want, recompute, context, comparison)
  }
  return comparison
}
