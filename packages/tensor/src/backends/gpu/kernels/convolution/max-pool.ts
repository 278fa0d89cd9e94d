import { bitsOf } from '../../../../code-words.ts'
import { sizeOf } from '../../../../shape.ts'
import type { GpuKernelOf } from '../kernel.ts'
import { leaveStates } from '../piecewise-affine/states.ts'
import { windowsOf } from './windows.ts'

/** The largest elements and, as a second output, their numbers: the states that are left to the code. */
export const maxPool2d: GpuKernelOf<'maxPool2d'> = (runner, [x], [y, code], params) => {
  if (y.size === 0) return
  const { kernel } = params
  const { key, ofWindow, eachElement } = windowsOf(x.shape, y.shape, params)
  const states = code.size === 0 ? null : runner.storage('float32', y.size)
  runner.run({
    key: `maxPool2d ${key}`,
    inputs: [x.buffer],
    outputs: states === null ? [y.buffer.storage] : [y.buffer.storage, states],
    body: () => ({
      kind: 'texel',
      source: `float largest(int i, out float state) {
${ofWindow}
  float best = 0.0;
  int winner = -1;
${eachElement(`      float next = at_a(at);
      bool isBetter = next > best || isNaNumber(next);
      if (winner < 0 || (!isNaNumber(best) && isBetter)) {
        best = next;
        winner = (row - top) * ${kernel[1]} + column - left;
      }`)}
  state = float(winner);
  return best;
}
vec4 texel(int i) {
  vec4 best;
  vec4 states;
  float state;
${[...'xyzw'].map((c, k) => `  best.${c} = largest(i + ${k}, state); states.${c} = state;`).join('\n')}
${states === null ? '' : '  more1 = states;\n'}  return best;
}`,
    }),
  })
  if (states === null) return
  leaveStates(runner, code, states, sizeOf(y.shape.slice(-3)), bitsOf(sizeOf(kernel)))
  runner.release(states)
}
