import { crc32, isFloat, Tensor } from '@facet/tensor'
import { describe } from '@facet/tensor/checks'
import { type Model, outputOf } from '../model.ts'
import { Network } from '../network.ts'
import type { AnyObjective, LossFunction, Objective, ObjectiveRun } from './objective.ts'

/** The objective itself, or that of a function. */
export const asObjective = (given: AnyObjective | LossFunction): AnyObjective =>
  typeof given === 'function' ? ofFunction(given) : given

const name = 'loss'

const ofFunction = (f: LossFunction): Objective<ObjectiveRun, Model> => ({
  name,
  // What a function does cannot be compared; what is written in it can.
  settings: { function: crc32(new TextEncoder().encode(f.toString())).toString(16) },
  checkTargets(what, model, y) {
    if (y === undefined && model instanceof Network)
      throw new TypeError(`${what}: objective '${name}': expected y, a row for each sample, got none`)
  },
  start: (model) => ({
    parameters: [],
    loss: ({ x, y }, at) => ({ loss: expectScalar(f, f(outputOf(model, x), y ?? x, at)), values: {} }),
    diagnostics: () => ({}),
  }),
})

function expectScalar(f: LossFunction, loss: unknown): Tensor {
  if (loss instanceof Tensor && loss.rank === 0 && isFloat(loss.dtype)) return loss
  if (typeof (loss as Partial<AnyObjective> | undefined)?.start === 'function')
    throw new TypeError(`fit: objective: expected one such as reconstruction(), got ${describe(f)}`)
  throw new TypeError(
    `objective '${name}': expected (output, target, at) => a scalar tensor of floats, such as mean(…), got ${describe(loss)}`,
  )
}
