import { multiply } from '../contraction/multiply.ts'
import { type GpuKernelOf, reshaped } from '../kernel.ts'
import { lowerPieceOf } from './lower-piece.ts'
import { leaveStates } from './states.ts'

/** The product and, as its epilogue, bias and activation; states come in a second output where the output does not tell them. */
export const affine: GpuKernelOf<'affine'> = (runner, [x, weight, bias], [y, code], activation) => {
  const [units, width] = weight.shape
  const rows = units === 0 ? 0 : y.size / units
  const lower = lowerPieceOf(activation)
  const hasStates = code.size > 0 && !lower.isSeenInOutput
  const states = hasStates ? runner.storage('float32', y.size) : y.buffer.storage
  const offset = (extra: string): string => (bias === undefined ? '' : ` + at_${extra}(column)`)
  multiply(runner, {
    a: reshaped(x, [rows, width]),
    b: weight,
    m: rows,
    n: units,
    k: width,
    transposeB: true,
    to: hasStates ? [y.buffer.storage, states] : [y.buffer.storage],
    epilogue: {
      key: `${lower.key} ${bias !== undefined}`,
      source: (extra) => `float state(float p, int column) { return p${offset(extra)}; }
float epilogue(float p, int column) {
  p = state(p, column);
  return p > 0.0 ? p : ${lower.value};
}
`,
      hasStates,
    },
    extra: bias === undefined ? [] : [bias.buffer],
  })
  if (code.size === 0) return
  leaveStates(runner, code, states, units)
  if (hasStates) runner.release(states)
}
