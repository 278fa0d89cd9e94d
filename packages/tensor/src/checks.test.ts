import { expect, describe as group, it } from 'vitest'
import { describe, expectBoolean, expectCount, expectNumber, expectOneOf, expectOptions } from './checks.ts'

const known = ['learningRate', 'beta1', 'epsilon', 'batchSize']

group('expectOptions', () => {
  it('passes known options', () => {
    expect(() => expectOptions('adam', { learningRate: 1, beta1: 0 }, known)).not.toThrow()
  })

  it.each([
    ['learningrate', 'learningRate'],
    ['leraningRate', 'learningRate'],
    ['lr', 'learningRate'],
    ['eps', 'epsilon'],
    ['batch', 'batchSize'],
    ['beta2', 'beta1'],
  ])('takes %s for %s', (wrong, right) => {
    expect(() => expectOptions('adam', { [wrong]: 1 }, known)).toThrow(
      `adam: unknown option '${wrong}'; did you mean '${right}'? Known: learningRate, beta1, epsilon, batchSize`,
    )
  })

  it('suggests nothing for a word that is unlike all', () => {
    expect(() => expectOptions('adam', { momentum: 1 }, known)).toThrow(
      "adam: unknown option 'momentum'; Known: learningRate, beta1, epsilon, batchSize",
    )
  })

  it('says what was expected of what is no object', () => {
    expect(() => expectOptions('sgd', undefined, ['learningRate'])).toThrow(
      'sgd: expected options { learningRate }, got undefined',
    )
    expect(() => expectOptions('sgd', 0.1, ['learningRate'])).toThrow('got 0.1')
  })
})

group('values', () => {
  it('refuses NaN, infinity and what is out of range', () => {
    expect(() => expectNumber('adam', 'beta1', 1, 0, 1)).toThrow(
      'adam: beta1: expected a number in [0, 1), got 1',
    )
    for (const value of [NaN, Infinity, -1, '1e-8']) {
      expect(() => expectNumber('adam', 'epsilon', value)).toThrow(
        `adam: epsilon: expected a finite number of at least 0, got ${describe(value)}`,
      )
    }
    expect(() => expectNumber('adam', 'epsilon', 0)).not.toThrow()
  })

  it('refuses fractions and small counts', () => {
    expect(() => expectCount('fit', 'epochs', 0)).toThrow(
      'fit: epochs: expected an integer of at least 1, got 0',
    )
    expect(() => expectCount('search', 'bisections', 1.5, 0)).toThrow('at least 0, got 1.5')
    expect(() => expectCount('search', 'bisections', 0, 0)).not.toThrow()
  })

  it('refuses other names, and what every object has', () => {
    expect(() => expectOneOf('f', 'norm', 'toString', ['plain'])).toThrow(
      "f: norm: expected one of plain, got 'toString'",
    )
    expect(() => expectBoolean('f', 'bias', 1)).toThrow('f: bias: expected true or false, got 1')
  })
})

it('describes values in a few words, whatever they hold', () => {
  class Thing {}
  const values = ['relu', [1, 2], function adam() {}, () => 1, new Thing(), { a: 1 }, {}, null, undefined, 3]
  expect(values.map(describe)).toEqual([
    "'relu'",
    'an array of 2',
    'the function adam',
    'a function',
    'an object of class Thing',
    'an object with keys a',
    'an object with keys (none)',
    'null',
    'undefined',
    '3',
  ])
})
