import { statesOf } from '../../../../activation.ts'
import { bitsOf } from '../../../../code-words.ts'
import { sizeOf } from '../../../../shape.ts'
import { drawElements, type GpuKernelOf } from '../kernel.ts'
import { lowerPieceOf } from './lower-piece.ts'
import { readStates } from './state-reader.ts'
import { lastOf } from './states.ts'

/** What each unit is given, times the slope of its state. */
export const applySlopes: GpuKernelOf<'applySlopes'> = (runner, [code, g], [y], activation) => {
  const lower = lowerPieceOf(activation)
  const units = lastOf(g)
  const each = g.size / Math.max(1, sizeOf(code.shape.slice(0, -1)))
  const states = readStates(code, units, bitsOf(statesOf(activation)))
  drawElements(
    runner,
    `applySlopes ${lower.key} ${units} ${each} ${states.key}`,
    [g, states.operand],
    y,
    () => `  float g = at_a(i);
  return stored(state(i / ${each}, i % ${units}) == 1 ? g : ${lower.slope});`,
    states.source('b'),
  )
}
