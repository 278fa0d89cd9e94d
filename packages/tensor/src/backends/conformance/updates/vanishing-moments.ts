import { type DType, machineEpsilon } from '../../../dtype.ts'
import type { Values } from '../../../testing/case.ts'
import { filled } from '../../../testing/values.ts'
import { leastMoment, type UpdateName } from '../../../update-table.ts'
import { float } from './cases.ts'
import { updated } from './evaluate.ts'
import { updates } from './rows.ts'

/**
 * Updates without a gradient, of moments around the bound below which they become 0: the same moments become 0 on every backend, none is
 * subnormal, and no weight moves by more than rounding. With an ε of 0 weights become neither NaN nor infinite.
 */
export async function runVanishing(name: UpdateName, dtype: DType): Promise<void> {
  const names = updates[name].state as readonly string[]
  const moments = names.filter((key) => key !== 'parameter')
  const least = leastMoment(dtype)
  const sizes = [0, 1e-9, 0.5, 1, 1.05, 1.2, 2, 100, Number.NaN]
  // 111 elements, and rows of 37: no multiple of a vector's lanes, alone and as rows of a product.
  const shape = [3, 37]
  const signed = (i: number): number => (i % 2 === 0 ? 1 : -1) * sizes[i % 9] * least
  const held: Readonly<Record<string, Values>> = {
    parameter: float(dtype, shape, 3),
    velocity: filled(dtype, shape, signed),
    firstMoment: filled(dtype, shape, signed),
    secondMoment: filled(dtype, shape, (i) => sizes[(i >> 2) % 9] * least),
  }
  const state = Object.fromEntries(names.map((key) => [key, held[key]]))
  const zeros = { left: filled(dtype, [2, 3], () => 0), right: filled(dtype, [2, 37], () => 0) }
  for (const terms of [[], [filled(dtype, shape, () => 0)], [zeros]]) {
    for (const params of updates[name].decaying(least, machineEpsilon(dtype))) {
      const got = await updated(name, { shape, terms }, state, params)
      for (const key of moments) {
        for (const [i, before] of held[key].values.entries()) {
          const kept = Math.abs(0.9 * before) < least ? 0 : 0.9 * before
          const value = got[key][i]
          const isSame = kept === 0 ? value === 0 : Math.abs(value - kept) <= 1e-6 * Math.abs(kept)
          if (!isSame && !(Number.isNaN(kept) && Number.isNaN(value)))
            throw new Error(`${key} ${i} is ${value}, expected ${kept} after ${before}`)
        }
      }
      for (const [i, before] of held.parameter.values.entries()) {
        const isHole = moments.some((key) => Number.isNaN(state[key].values[i]))
        const value = got.parameter[i]
        if (isHole !== Number.isNaN(value) || Math.abs(value - before) > 1e-6)
          throw new Error(`parameter ${i} is ${value}, expected about ${before}`)
      }
    }
  }
}
