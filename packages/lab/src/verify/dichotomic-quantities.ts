import { dichotomicNeighbour } from '@facet/geometry'
import type { Json } from '../network-file/json.ts'
import { numbers } from '../network-file/numbers.ts'
import type { Rebuilt } from './rebuild.ts'
import type { FloatType } from './tolerance.ts'

/** From the largest number of float64 down to the smallest there are 2,098 halvings. */
const MOST_HALVINGS = 2098

/**
 * `dichotomic` of a golden network file: `theta` must be the file's own, `start` is an input, and `steps_T` is what T
 * halvings without doubling give: the last point in another region, its code, and whether there was one.
 */
export function dichotomicQuantities(
  net: Rebuilt,
  start: Json,
  dtype: FloatType,
): (name: string) => Json | undefined {
  const from = numbers('dichotomic.start', start, dtype)
  return (name) => {
    if (name === 'theta') return net.theta.toArray()
    const steps = /^steps_(\d+)$/.exec(name)
    if (!steps) return undefined
    if (!(Number(steps[1]) <= MOST_HALVINGS))
      throw new Error(`dichotomic.${name}: expected at most ${MOST_HALVINGS} halvings`)
    const options = { doublings: 0, bisections: Number(steps[1]) }
    const { point, found, code } = dichotomicNeighbour(net.model.decoder, net.theta, from, options)
    return { neighbour: point.toArray(), found: found.toArray(), code: code.states().toArray() }
  }
}
