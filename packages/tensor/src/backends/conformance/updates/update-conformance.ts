import { arrayTypes, type DType, isFloat, machineEpsilon } from '../../../dtype.ts'
import { formatShape } from '../../../shape.ts'
import { filled } from '../../../testing/values.ts'
import type { UpdateName } from '../../../update-table.ts'
import { isTried } from '../is-tried.ts'
import { float, isDense, type Term, type UpdateCase, updateCases } from './cases.ts'
import { updated, uploadWithin } from './evaluate.ts'
import { magnitudes, referenceUpdate } from './oracle.ts'
import { updates } from './rows.ts'
import { runVanishing } from './vanishing-moments.ts'

async function runUpdate<N extends UpdateName>(name: N, c: UpdateCase, dtype: DType): Promise<void> {
  const row = updates[name]
  const names = row.state as readonly string[]
  const state = Object.fromEntries(
    names.map((key, i) => {
      const x = float(dtype, c.shape, 31 + i)
      // A second moment is a mean of squares.
      return [key, key === 'secondMoment' ? filled(dtype, c.shape, (j) => x.values[j] ** 2 + 0.01) : x]
    }),
  )
  const before = Object.fromEntries(names.map((key) => [key, state[key].values]))
  const sums = magnitudes(c, dtype)
  const epsilon = machineEpsilon(dtype)
  const count = c.terms.reduce((n, term) => n + (isDense(term) ? 1 : term.left.shape[0]), 0)
  for (const params of row.params) {
    const got = await updated(name, c, state, params)
    const again = await updated(name, c, state, params, uploadWithin)
    const after = referenceUpdate(name, c, state, params)
    for (let i = 0; i < sums.length; i++) {
      const sum = { epsilon, size: sums[i], error: count * epsilon * sums[i] }
      const bounds = row.bounds(sum, before, after, i, params)
      for (let at = 0; at < names.length; at++) {
        const key = names[at]
        const value = got[key][i]
        if (value !== again[key][i]) throw new Error(`${key} ${i}: other bits where tensors lie elsewhere`)
        if (!(Math.abs(value - after[key][i]) <= bounds[at]))
          throw new Error(`${key} ${i} is ${value}, expected ${after[key][i]} ± ${bounds[at]}`)
      }
    }
  }
}

const told = (term: Term): string =>
  isDense(term) ? 'dense' : `${formatShape(term.left.shape)}ᵀ ${formatShape(term.right.shape)}`

/** Updates have some 80 cases and not thousands: of a small share 25 times as many. With all of them a GPU took 35 s of 105. */
const MORE = 25

/** Every in-place update in every floating dtype, by a share of the cases. */
export function updateConformance(
  test: (name: string, dtype: DType, body: () => Promise<void>) => void,
  share = 1,
): void {
  for (const name of Object.keys(updates) as UpdateName[]) {
    for (const dtype of (Object.keys(arrayTypes) as DType[]).filter(isFloat)) {
      test(`the update ${name}, of moments that vanish`, dtype, () => runVanishing(name, dtype))
      test(`the update ${name}`, dtype, async () => {
        let index = 0
        for (const c of updateCases(dtype)) {
          if (!isTried(++index, Math.min(1, MORE * share))) continue
          try {
            await runUpdate(name, c, dtype)
          } catch (error) {
            throw new Error(
              `${name} of ${formatShape(c.shape)} by ${c.terms.map(told).join(' + ') || 'nothing'}: ${(error as Error).message}`,
            )
          }
        }
      })
    }
  }
}
