import type { Tensor } from '@facet/tensor'
import type { Network } from '../network.ts'
import { describeTargets, isLikeOutputs } from './targets.ts'

/** How far shares of classes may add up beside 1: rounding of float32, or four printed digits. */
const SUM_TOLERANCE = 1e-3

/**
 * @throws RangeError unless targets are classes of the network's outputs: int32 [n] from 0 on, or floats [n, classes] that are not
 * negative and add up to 1.
 */
export function expectClasses(what: string, net: Network, y: Tensor | undefined): asserts y is Tensor {
  const { outputs, dtype } = net
  if (outputs < 2) {
    throw new RangeError(
      `${what}: expected a network of 2 outputs or more, one for each class, got ${outputs}`,
    )
  }
  if (y?.dtype === 'int32' && y.rank === 1) expectLabels(what, outputs, y.dataSync())
  else if (y !== undefined && isLikeOutputs(y, net)) expectShares(what, outputs, y.dataSync())
  else {
    const expected = `y int32 [n], or ${dtype} [n, ${outputs}], shares of the classes`
    throw new RangeError(`${what}: expected ${expected}, got ${describeTargets(y)}`)
  }
}

function expectLabels(what: string, classes: number, labels: ArrayLike<number>): void {
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] >= 0 && labels[row] < classes) continue
    throw new RangeError(
      `${what}: expected classes of y from 0 to ${classes - 1}, as the network has ${classes} outputs, got ${labels[row]} at row ${row}`,
    )
  }
}

function expectShares(what: string, classes: number, shares: ArrayLike<number>): void {
  const expected = `${what}: expected shares of classes in y, at least 0 and 1 together, got`
  for (let from = 0; from < shares.length; from += classes) {
    const row = from / classes
    let sum = 0
    for (let k = 0; k < classes; k++) {
      const share = shares[from + k]
      if (share < 0) throw new RangeError(`${expected} ${share} at row ${row}, column ${k}`)
      sum += share
    }
    if (Math.abs(sum - 1) > SUM_TOLERANCE) throw new RangeError(`${expected} ${sum} together in row ${row}`)
  }
}
