import { sharesElements, type Tensor } from '@facet/tensor'
import type { Parameter } from '../parameter.ts'

/** Parameters of a training. Tied ones, which hold one tensor, are trained as one. */
export interface TrainedParameters {
  readonly all: readonly Parameter[]
  /** The first of all that hold one tensor. */
  readonly distinct: readonly Parameter[]
  /** Of each of `all` its place in `distinct`. */
  readonly places: readonly number[]
}

/**
 * Finds tied parameters. An optimizer that took both would move their tensor twice.
 *
 * @throws Error for tied parameters of different shapes or learning rates.
 */
export function trainedParameters(parameters: readonly Parameter[]): TrainedParameters {
  const all = [...new Set(parameters)]
  const distinct: Parameter[] = []
  const places = all.map((parameter) => {
    const known = distinct.findIndex(({ value }) => sharesElements(value, parameter.value))
    if (known < 0) return distinct.push(parameter) - 1
    expectSame(distinct[known], parameter)
    return known
  })
  return { all, distinct, places }
}

/** One value for each distinct parameter as one for each of all. */
export const spread = ({ places }: TrainedParameters, values: readonly Tensor[]): Tensor[] =>
  places.map((place) => values[place])

function expectSame(one: Parameter, other: Parameter): void {
  const described = ({ value, learningRate }: Parameter) =>
    `[${value.shape.join(', ')}] at rate ${learningRate ?? 'of the optimizer'}`
  const [first, second] = [described(one), described(other)]
  if (first === second) return
  throw new Error(
    `fit: parameters '${one.name}' and '${other.name}' hold one tensor: expected one shape and learning rate, ` +
      `got ${first} and ${second}`,
  )
}
