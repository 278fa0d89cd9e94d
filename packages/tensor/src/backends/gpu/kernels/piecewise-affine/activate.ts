import { map } from '../elementwise/map.ts'
import type { GpuKernelOf } from '../kernel.ts'
import { lowerPieceOf } from './lower-piece.ts'
import { lastOf, leaveStates, pack } from './states.ts'

/** An expression of single elements; the states are told by the output, or by the input. */
export const activate: GpuKernelOf<'activate'> = (runner, [x], [y, code], activation) => {
  const lower = lowerPieceOf(activation)
  map(runner, `activate ${lower.key}`, [x], y, {
    value: 'activated(x)',
    functions: `float activated(float p) { return p > 0.0 ? p : ${lower.value}; }\n`,
  })
  if (code.size === 0) return
  const units = lastOf(x)
  if (lower.isSeenInOutput) leaveStates(runner, code, y.buffer.storage, units)
  else if (x.size === x.buffer.storage.size) leaveStates(runner, code, x.buffer.storage, units)
  else pack(runner, x, units, code)
}
