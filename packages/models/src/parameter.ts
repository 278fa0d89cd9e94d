import { formatShape, keep, stopGradient, type Tensor } from '@facet/tensor'
import { aNumber, type OptionsOf, optional, optionTable } from '@facet/tensor/checks'

const parameterOptions = optionTable('Parameter', {
  /** The parameter's own learning rate; without one it follows the optimizer's. */
  learningRate: optional(aNumber()),
})

/** What may be said of a {@link Parameter} besides its name and value. */
export type ParameterOptions = OptionsOf<typeof parameterOptions>

/**
 * A tensor that training changes: weights, biases, learned generators.
 *
 * The parameter takes its tensor over: it is kept out of the scope it was made in and lives until disposed.
 *
 * @throws TypeError for an unknown option, RangeError for a learning rate below 0.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { Parameter } from '@facet/models'
 * await init()
 * const scale = new Parameter('scale', tensor([1, 2]), { learningRate: 3e-2 })
 * scale.value.shape // [2]
 */
export class Parameter {
  readonly name: string
  readonly learningRate: number | undefined
  value: Tensor

  constructor(name: string, value: Tensor, options: ParameterOptions = {}) {
    const { learningRate } = parameterOptions.resolve(options, `Parameter '${name}'`)
    this.name = name
    this.value = keep(value)
    this.learningRate = learningRate
  }
}

/**
 * Runs `f` with other values in the parameters, and puts the old ones back whatever happens.
 *
 * This is how a transform reaches a model: the values are traced tensors, and the model's own code runs unchanged.
 *
 * @throws Error if the numbers of parameters and values differ, or a value has another shape than its parameter.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { Parameter, withValues } from '@facet/models'
 * await init()
 * const scale = new Parameter('scale', tensor([1, 2]))
 * withValues([scale], [tensor([3, 4])], () => scale.value.toArray()) // [3, 4]
 */
export function withValues<T>(parameters: readonly Parameter[], values: readonly Tensor[], f: () => T): T {
  if (parameters.length !== values.length) {
    throw new Error(
      `withValues: expected ${parameters.length} values, one for each parameter, got ${values.length}`,
    )
  }
  for (const [i, parameter] of parameters.entries()) checkShape(parameter, values[i])
  const own = parameters.map((parameter) => parameter.value)
  try {
    parameters.forEach((parameter, i) => {
      parameter.value = values[i]
    })
    return f()
  } finally {
    parameters.forEach((parameter, i) => {
      parameter.value = own[i]
    })
  }
}

/**
 * Runs `f` with the parameters held: what it computes has no gradient in them and leaves nothing on the tape. For
 * samplers and searches, whose results are constants of a training step.
 *
 * @example
 * const scale = new Parameter('scale', tensor([1, 2]))
 * const held = (x: Tensor) => withoutGradient([scale], () => sum(mul(scale.value, x)))
 * grad(held)(tensor([3, 4]))   // [1, 2]: in x as ever, in the scale nothing
 */
export function withoutGradient<T>(parameters: readonly Parameter[], f: () => T): T {
  return withValues(
    parameters,
    parameters.map((parameter) => stopGradient(parameter.value)),
    f,
  )
}

function checkShape(parameter: Parameter, value: Tensor): void {
  if (parameter.value.shape.join() === value.shape.join()) return
  throw new Error(
    `withValues: parameter '${parameter.name}': expected shape ${formatShape(parameter.value.shape)}, ` +
      `got ${formatShape(value.shape)}`,
  )
}
