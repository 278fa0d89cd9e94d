import type { RegionCode } from '@facet/models'
import { scope, type TypedArray } from '@facet/tensor'

/** States unpacked at once: 4 MB, where those of 228,000 samples of 320 units are 292. */
const most = 2 ** 20

/** Calls `f` with the states [n, units] of n samples after n samples, and the sample that they begin at. Reads the code back. */
export function forStates(code: RegionCode, f: (states: TypedArray, from: number) => void): void {
  const samples = Math.max(1, Math.floor(most / Math.max(1, code.units)))
  for (let from = 0; from < code.count; from += samples) {
    const to = Math.min(from + samples, code.count)
    f(
      scope(() => code.rows(from, to).states().dataSync()),
      from,
    )
  }
}
