import { describe, expect, it } from 'vitest'
import { checkNumber, checkOptions } from './check-options.ts'

const known = ['learningRate', 'beta1', 'epsilon', 'batchSize']

describe('checkOptions', () => {
  it('passes known options', () => {
    expect(() => checkOptions('adam', { learningRate: 1, beta1: 0 }, known)).not.toThrow()
  })

  it.each([
    ['learningrate', 'learningRate'],
    ['leraningRate', 'learningRate'],
    ['lr', 'learningRate'],
    ['eps', 'epsilon'],
    ['batch', 'batchSize'],
    ['beta2', 'beta1'],
  ])('takes %s for %s', (wrong, right) => {
    expect(() => checkOptions('adam', { [wrong]: 1 }, known)).toThrow(
      `adam: unknown option '${wrong}'; did you mean '${right}'? Known: learningRate, beta1, epsilon, batchSize`,
    )
  })
})

describe('checkNumber', () => {
  it('refuses NaN, infinity and what is out of range', () => {
    expect(() => checkNumber('adam', 'beta1', 1, 0, 1)).toThrow(
      'adam: expected beta1 to be a number in [0, 1), got 1',
    )
    expect(() => checkNumber('adam', 'epsilon', NaN, 0)).toThrow(
      'adam: expected epsilon to be a finite number ≥ 0, got NaN',
    )
    expect(() => checkNumber('adam', 'epsilon', Infinity, 0)).toThrow('got Infinity')
  })
})
