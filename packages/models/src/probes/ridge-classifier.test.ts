import { init, key, type Tensor, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { ridgeClassifier } from './ridge-classifier.ts'

beforeAll(() => init())

/** The same fit in plain numbers: gradient descent to convergence on the penalised squares of standardised columns, bias and all. */
function plainPredictions(
  train: number[][],
  labels: readonly number[],
  test: number[][],
  ridge: number,
): number[] {
  const [count, width] = [train.length, train[0].length]
  const classes = [...new Set(labels)].sort((a, b) => a - b)
  const columns = train[0].map((_, i) => train.map((row) => row[i]))
  const means = columns.map((column) => column.reduce((a, b) => a + b) / count)
  const deviations = columns.map((column, i) =>
    Math.sqrt(column.reduce((sum, x) => sum + (x - means[i]) ** 2, 0) / count),
  )
  const standard = (row: number[]) => row.map((x, i) => (x - means[i]) / deviations[i])
  const inputs = train.map(standard)
  const models = classes.map((wanted) => {
    const weights = Array(width).fill(0)
    let bias = 0
    for (let step = 0; step < 20_000; step++) {
      const errors = inputs.map(
        (row, n) => row.reduce((sum, x, i) => sum + x * weights[i], bias) - Number(labels[n] === wanted),
      )
      const slopes = weights.map(
        (w, i) => errors.reduce((sum, e, n) => sum + e * inputs[n][i], 0) + ridge * w,
      )
      const rate = 0.3 / (count * width + ridge)
      bias -= rate * errors.reduce((a, b) => a + b)
      for (let i = 0; i < width; i++) weights[i] -= rate * slopes[i]
    }
    return { weights, bias }
  })
  return test.map((row) => {
    const outputs = models.map(({ weights, bias }) =>
      standard(row).reduce((sum, x, i) => sum + x * weights[i], bias),
    )
    return classes[outputs.indexOf(Math.max(...outputs))]
  })
}

const numbers = (x: Tensor) => x.toArray() as number[][]

describe('ridgeClassifier', () => {
  it.each([0, 1, 50])('predicts what the same fit by gradient descent predicts, ridge %d', (ridge) => {
    const centres = [
      [0, 0, 1],
      [1, -1, 0],
      [-1, 1, 0],
    ]
    const labels = Array.from({ length: 45 }, (_, n) => [7, -2, 3][n % 3])
    const noise = numbers(key('codes').normal([45, 3], 'float64'))
    const train = noise.map((row, n) => row.map((x, i) => 100 + 10 ** i * (x + centres[n % 3][i])))
    const test = numbers(key('test').normal([60, 3], 'float64')).map((row) =>
      row.map((x, i) => 100 + 10 ** i * 2 * x),
    )
    const classifier = ridgeClassifier(tensor(train, { dtype: 'float64' }), labels, { ridge })
    const predicted = classifier.predict(tensor(test, { dtype: 'float64' }))
    const expected = plainPredictions(train, labels, test, ridge)
    expect([...predicted]).toEqual(expected)
    expect(new Set(expected).size).toBe(3)
    expect(classifier.accuracy(tensor(test, { dtype: 'float64' }), expected)).toBe(1)
  })

  it('has a bias without penalty: under an endless ridge the most frequent class', () => {
    const codes = tensor([[0], [1], [2], [3], [4]])
    const { predict } = ridgeClassifier(codes, [4, 4, 9, 9, 9], { ridge: 1e12 })
    expect([...predict(codes)]).toEqual([9, 9, 9, 9, 9])
  })

  it('gives equal outputs to the smallest class', () => {
    const codes = tensor([[1], [1]])
    expect([...ridgeClassifier(codes, [5, 2]).predict(tensor([[0], [7]]))]).toEqual([2, 2])
  })

  it('leaves out numbers that do not vary, whatever test codes make of them, and copes with equal ones', () => {
    // 0.1 summed 7 times is not 0.7: the mean of equal numbers is off by rounding.
    const train = [0, 1, 2, 3, 4, 5, 6].map((x) => [x, x, 0.1])
    const classifier = ridgeClassifier(tensor(train, { dtype: 'float64' }), [1, 1, 1, 1, 2, 2, 2], {
      ridge: 0,
    })
    const test = tensor(
      [
        [0, 0, 1e9],
        [6, 6, -1e9],
      ],
      { dtype: 'float64' },
    )
    expect([...classifier.predict(test)]).toEqual([1, 2])
  })

  it('is the same whatever units the codes have', () => {
    const codes = numbers(key('units').normal([30, 4], 'float64'))
    const labels = codes.map(([a, b]) => Number(a + b > 0))
    const scaled = codes.map((row) => row.map((x, i) => 1e3 ** i * x - 5))
    const predict = (rows: number[][]) => {
      const x = tensor(rows, { dtype: 'float64' })
      return [...ridgeClassifier(x, labels).predict(x)]
    }
    expect(predict(scaled)).toEqual(predict(codes))
  })

  it('says what it expects', () => {
    const codes = tensor([[1], [2]])
    expect(() => ridgeClassifier(codes, [1])).toThrow(
      'ridgeClassifier: labels: expected 2 integers, one for each row, got 1',
    )
    expect(() => ridgeClassifier(codes, [1, 0.5])).toThrow('got 0.5 among them')
    expect(() => ridgeClassifier(codes, [1, 2], { ridge: -1 })).toThrow(
      'ridgeClassifier: ridge: expected a finite number of at least 0, got -1',
    )
    expect(() => ridgeClassifier(codes, [1, 2], { alpha: 1 } as object)).toThrow("unknown option 'alpha'")
    expect(() => ridgeClassifier(tensor([[1], [Number.NaN]]), [1, 2])).toThrow(
      'ridgeClassifier: expected finite codes, got NaN at row 1, column 0',
    )
    const classifier = ridgeClassifier(codes, [1, 2])
    expect(() => classifier.predict(tensor([[1, 2]]))).toThrow(
      'ridgeClassifier: codes: expected floats [n, 1] with n ≥ 1, got float32 [1, 2]',
    )
    expect(() => classifier.accuracy(codes, [1, 2, 3])).toThrow('labels: expected 2 integers')
  })
})
