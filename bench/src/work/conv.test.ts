import { describe, expect, it } from 'vitest'
import { convExpected, convGradients, convInputs, groupsOfConv, rate } from './conv.ts'
import type { ConvWork } from './work.ts'

const work = { kind: 'conv', batch: 2, channels: 3, filters: 4, size: 5, inner: true } as const
const forward: ConvWork = { ...work, pass: 'forward' }
const training: ConvWork = { ...work, pass: 'training' }

it('is a cross-correlation with zeros outside of the image, a bias a filter, and ReLU', () => {
  const { x, weight, bias } = convInputs(forward)
  const pixel = (n: number, c: number, i: number, j: number) =>
    i < 0 || j < 0 || i > 4 || j > 4 ? 0 : x.values[((n * 3 + c) * 5 + i) * 5 + j]
  const y = convExpected(forward)
  expect(y).toHaveLength(2 * 4 * 5 * 5)
  for (const [n, o, i, j] of [
    [0, 0, 0, 0],
    [1, 3, 4, 4],
    [0, 2, 4, 1],
    [1, 1, 2, 3],
    [1, 0, 0, 4],
  ]) {
    let sum = bias.values[o]
    for (let c = 0; c < 3; c++) {
      for (let a = 0; a < 3; a++) {
        for (let b = 0; b < 3; b++) {
          sum += weight.values[((o * 3 + c) * 3 + a) * 3 + b] * pixel(n, c, i + a - 1, j + b - 1)
        }
      }
    }
    expect(y[((n * 4 + o) * 5 + i) * 5 + j]).toBeCloseTo(Math.max(sum, 0), 12)
  }
})

describe('training', () => {
  const inputs = convInputs(training)
  const given = ['x', 'weight', 'bias'].map((name) => Float64Array.from(inputs[name].values))
  const [x, weight, bias] = given
  const target = inputs.target.values
  const gradients = convGradients(training, x, weight, bias, target)

  it.each([
    ['x', x, gradients.ofX],
    ['the weight', weight, gradients.ofWeight],
    ['the bias', bias, gradients.ofBias],
  ])('has the gradient with respect to %s that differences give', (_, values, gradient) => {
    const step = 1e-6
    const at = (i: number, by: number) => {
      values[i] += by
      const { loss } = convGradients(training, x, weight, bias, target)
      values[i] -= by
      return loss
    }
    for (let i = 0; i < values.length; i += 7) {
      expect(gradient[i]).toBeCloseTo((at(i, step) - at(i, -step)) / (2 * step), 7)
    }
  })

  it('expects losses, the weights after the steps, and the first gradient with respect to x', () => {
    const expected = convExpected(training)
    const group = groupsOfConv(training)
    const groups = Array.from(expected, (_, i) => group(i))
    expect([0, 1, 2, 3].map((g) => groups.filter((own) => own === g).length)).toEqual([3, 108, 4, 150])
    expect(expected[0]).toBeCloseTo(gradients.loss, 12)
    expect(expected[1]).toBeLessThan(expected[0])
    expect([...expected.subarray(115)]).toEqual([...gradients.ofX])
    const moved = weight.map((w, i) => w - rate * gradients.ofWeight[i])
    const shifted = bias.map((b, i) => b - rate * gradients.ofBias[i])
    expect(expected[1]).toBeCloseTo(convGradients(training, x, moved, shifted, target).loss, 12)
    expect(convExpected({ ...training, inner: false })).toHaveLength(3 + 108 + 4)
  })
})
