import type { Tensor } from '@facet/tensor'
import type { OpParams } from '@facet/tensor/dispatch'
import { type JvpRules, linearJvp, type VjpRules } from './rule.ts'
import { sister } from './sister.ts'

type Windows = OpParams['sumWindows']

/** Windows in images of the size of a tensor. */
const inside = (
  { kernel, stride, padding }: Windows,
  { shape, rank }: Tensor,
): OpParams['spreadWindows'] => ({
  kernel,
  stride,
  padding,
  size: [shape[rank - 2], shape[rank - 1]],
})

const windowsOf = ({ kernel, stride, padding }: Windows): Windows => ({ kernel, stride, padding })

/** Winners are constant on a region: of what the code tells, picking and placing are each other's adjoints, as summing and spreading are. */
export const poolingVjp = {
  maxPool2d: (g, call) => {
    return sister(call, 'placeWinners', [call.y[1], g], inside(call.params, call.x[0]))
  },
  pickWinners: [
    null,
    (g, call) => sister(call, 'placeWinners', [call.x[0], g], inside(call.params, call.x[1])),
  ],
  placeWinners: [null, (g, call) => sister(call, 'pickWinners', [call.x[0], g], windowsOf(call.params))],
  sumWindows: (g, call) => sister(call, 'spreadWindows', [g], inside(call.params, call.x[0])),
  spreadWindows: (g, call) => sister(call, 'sumWindows', [g], windowsOf(call.params)),
} satisfies VjpRules

export const poolingJvp = {
  maxPool2d: (t, call) => sister(call, 'pickWinners', [call.y[1], t], call.params),
  pickWinners: [null, linearJvp],
  placeWinners: [null, linearJvp],
  sumWindows: linearJvp,
  spreadWindows: linearJvp,
} satisfies JvpRules
