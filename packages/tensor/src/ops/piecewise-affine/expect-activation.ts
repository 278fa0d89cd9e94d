import { type Activation, isActivation } from '../../activation.ts'
import { describe } from '../../checks.ts'

/** @throws TypeError for what the kernels cannot take, such as a name. */
export function expectActivation(op: string, activation: Activation): void {
  if (isActivation(activation)) return
  const { name } = Object(activation) as { name?: unknown }
  throw new TypeError(
    `${op}: expected an activation such as reluActivation, got ${describe(name ?? activation)}`,
  )
}
