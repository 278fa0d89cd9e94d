import { expectSame } from '../fail.ts'

/** A layer without a tensor engine. */
export interface Layer {
  readonly inputs: number
  readonly outputs: number
  /**
   * @returns numbers that the next call overwrites; those given are left alone
   * @param isTangent whether to multiply by the Jacobian at the point that came last: units choose the same pieces, and there are no biases
   */
  run(x: ArrayLike<number>, isTangent?: boolean): Float64Array
}

/** Layers one after another. @throws Error where one does not take what the one before gives. */
export const chain = (layers: readonly Layer[]): Layer =>
  layers.reduce((before, after) => {
    expectSame('inputs', before.outputs, after.inputs)
    return {
      inputs: before.inputs,
      outputs: after.outputs,
      run: (x, isTangent) => after.run(before.run(x, isTangent), isTangent),
    }
  })
