import {
  abs,
  add,
  argMax,
  cast,
  choleskySolve,
  div,
  eye,
  greater,
  keep,
  matmul,
  max,
  mean,
  mul,
  oneHot,
  scope,
  standardDeviation,
  sub,
  type Tensor,
  tensor,
  where,
} from '@facet/tensor'
import { aNumber, type OptionsOf, optionTable, withDefault } from '@facet/tensor/checks'
import { expectFloatRows } from '../float-rows.ts'
import { expectLabels, type Labels, shareOfMatches } from './labelled.ts'

const ridgeClassifierOptions = optionTable('ridgeClassifier', {
  /** Weight of the squared coefficients beside the squared residuals summed over samples; default 1. */
  ridge: withDefault(aNumber(), 1),
})

/** The setting of {@link ridgeClassifier}. */
export type RidgeClassifierOptions = OptionsOf<typeof ridgeClassifierOptions>

/** A linear classifier of codes. */
export interface RidgeClassifier {
  /** The class of each row of codes [m, h]. */
  predict(codes: Tensor): Int32Array
  /** The share of rows of codes [m, h] whose class is found, between 0 and 1. */
  accuracy(codes: Tensor, labels: Labels): number
}

/**
 * A linear probe: how much of the classes a linear map can read from the codes.
 *
 * Codes are standardised by mean and standard deviation of the training codes (a number that does not vary counts for
 * nothing); the least-squares fit of one-hot targets has a bias without penalty and coefficients with `ridge · ‖W‖²`,
 * solved in float64 by Cholesky's factorisation. Predicted is the class of the largest output, of equal ones the smallest class.
 *
 * @param codes [n, h]
 * @param labels n classes, any integers
 * @throws TypeError or RangeError for codes that are not finite floats, another number of labels, or a ridge below 0.
 * @example
 * import { init, tensor } from '@facet/tensor'
 * import { ridgeClassifier } from '@facet/models'
 * await init()
 * const classifier = ridgeClassifier(tensor([[0, 1], [0.2, 0], [1, 1], [0.9, 0]]), [3, 3, 7, 7])
 * classifier.predict(tensor([[-1, 0], [2, 0]])) // [3, 7]
 * classifier.accuracy(tensor([[-1, 0], [2, 0]]), [3, 3]) // 0.5
 */
export function ridgeClassifier(
  codes: Tensor,
  labels: Labels,
  options: RidgeClassifierOptions = {},
): RidgeClassifier {
  const { operation } = ridgeClassifierOptions
  const { ridge } = ridgeClassifierOptions.resolve(options)
  expectFloatRows(operation, 'codes', codes, 'h')
  const [count, width] = codes.shape
  expectLabels(operation, 'labels', labels, count)
  const classes = Int32Array.from(new Set(Array.from(labels))).sort()
  const targets = Int32Array.from(labels, (label) => classes.indexOf(label))
  const fit = scope(() =>
    solve(cast(codes, 'float64'), oneHot(tensor(targets), classes.length, 'float64'), ridge),
  )
  for (const part of Object.values(fit)) keep(part)

  const predict = (codes: Tensor): Int32Array => {
    expectFloatRows(operation, 'codes', codes, width)
    const places = scope(() => argMax(outputsOf(fit, cast(codes, 'float64')), 1).dataSync())
    return Int32Array.from(places, (place) => classes[place])
  }
  return {
    predict,
    accuracy: (codes, labels) => {
      const predicted = predict(codes)
      expectLabels(operation, 'labels', labels, predicted.length)
      return shareOfMatches(predicted, labels)
    },
  }
}

/** `outputs = (codes − centre) · inverseScale · coefficients + bias`, all float64. */
interface LinearFit {
  readonly centre: Tensor
  readonly inverseScale: Tensor
  readonly coefficients: Tensor
  readonly bias: Tensor
}

const standardised = ({ centre, inverseScale }: Pick<LinearFit, 'centre' | 'inverseScale'>, codes: Tensor) =>
  mul(sub(codes, centre), inverseScale)

const outputsOf = (fit: LinearFit, codes: Tensor): Tensor =>
  add(matmul(standardised(fit, codes), fit.coefficients), fit.bias)

/** With centred codes and targets the bias without penalty is the mean of the targets. */
function solve(codes: Tensor, targets: Tensor, ridge: number): LinearFit {
  const [count, width] = codes.shape
  const centre = mean(codes, 0)
  const scale = standardDeviation(codes, 0)
  // What varies by rounding alone must not be blown up to standard deviation 1.
  const varies = greater(scale, mul(max(abs(codes), 0), count * Number.EPSILON))
  const inverseScale = where(varies, div(1, where(varies, scale, 1)), 0)
  const bias = mean(targets, 0)
  const inputs = standardised({ centre, inverseScale }, codes)
  const gram = add(matmul(inputs, inputs, { transposeA: true }), mul(eye(width, 'float64'), ridge))
  const coefficients = choleskySolve(gram, matmul(inputs, sub(targets, bias), { transposeA: true }))
  return { centre, inverseScale, coefficients, bias }
}
