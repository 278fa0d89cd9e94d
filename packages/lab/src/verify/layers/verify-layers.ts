import { numbers } from '../../network-file/numbers.ts'
import { readNetwork } from '../../network-file/read-network.ts'
import { missingQuantity } from '../compare.ts'
import { type Comparison, compareTree } from '../compare-tree.ts'
import type { FloatType } from '../tolerance.ts'
import type { LayersFile } from './layers-file.ts'
import { layersQuantities } from './quantities.ts'

/** Compares everything that a file of layers expects with what Facet computes. What it should expect and does not is off. */
export function verifyLayers(file: LayersFile, dtype: FloatType): Comparison {
  const network = readNetwork(file, dtype)
  const x = numbers('x', file.x, dtype)
  const comparison: Comparison = { quantities: {}, skipped: [] }
  const context = { dtype, scaleAt: () => 0 }
  for (const name of Object.keys(layersQuantities)) {
    if (!Object.hasOwn(file.expect, name)) comparison.quantities[name] = missingQuantity()
  }
  for (const [name, want] of Object.entries(file.expect)) {
    const recompute = () => layersQuantities[name]?.(network, x)
    compareTree(name, want, recompute, context, comparison)
  }
  return comparison
}
