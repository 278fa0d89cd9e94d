import { InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import { listOf, nonNegativeNumber, oneOf, positiveNumber, wholeNumber } from './arguments.ts'
import { candidatesFrom, parseWeight } from './weight-option.ts'

describe('arguments', () => {
  it('reads whole numbers and says what was expected otherwise', () => {
    expect(wholeNumber(1)('12')).toBe(12)
    expect(() => wholeNumber(1)('0')).toThrow("Expected a whole number of at least 1, got '0'.")
    expect(wholeNumber(1, 9)('9')).toBe(9)
    expect(() => wholeNumber(1, 9)('1e9')).toThrow("Expected a whole number from 1 to 9, got '1e9'.")
    for (const text of ['1.5', '', '0x10', 'ten', '1e400', 'NaN']) {
      expect(() => wholeNumber(0)(text)).toThrow(InvalidArgumentError)
    }
  })

  it('reads decimal numbers in the forms that people write', () => {
    expect(['1e-3', '.5', '2.'].map(positiveNumber)).toEqual([0.001, 0.5, 2])
    expect(nonNegativeNumber('0')).toBe(0)
    expect(() => positiveNumber('0')).toThrow("Expected a number above 0, got '0'.")
    expect(() => nonNegativeNumber('-1')).toThrow('Expected a number of at least 0')
    expect(() => nonNegativeNumber('Infinity')).toThrow(InvalidArgumentError)
  })

  it('reads lists and refuses an item that comes twice', () => {
    expect(listOf(wholeNumber(0))('1, 2,3')).toEqual([1, 2, 3])
    expect(() => listOf(wholeNumber(0))('1,,2')).toThrow("got ''")
    expect(() => listOf(wholeNumber(0))('1,1')).toThrow("Expected each item once, got '1,1'.")
  })

  it('suggests the nearest name, whatever its case', () => {
    const name = oneOf(['lieGroupFirstOrder', 'ae'])
    expect(name('LIEGROUPFIRSTORDER')).toBe('lieGroupFirstOrder')
    expect(() => name('lieGroupFrstOrder')).toThrow("(did you mean 'lieGroupFirstOrder'?)")
    expect(() => name('pca')).toThrow("Expected one of lieGroupFirstOrder, ae, got 'pca'.")
  })
})

describe('--weight', () => {
  it('is for every weighted model, and for single ones where they are named', () => {
    const weights = parseWeight('higherOrderContractive=0.1', parseWeight('0.01,1', undefined))
    const candidates = candidatesFrom(weights, 5, [0.2])
    expect(candidates).toEqual({
      ae: [],
      denoising: [0.2],
      contractive: [0.01, 1],
      higherOrderContractive: [0.1],
      lieGroupFirstOrder: [0.01, 1],
      lieGroupSecondOrder: [0.01, 1],
    })
    expect(candidatesFrom({ byModel: {} }, 5, [0.2]).contractive).toEqual([5])
  })

  it('refuses models that have no weight', () => {
    expect(() => parseWeight('denoising=1', undefined)).toThrow("got 'denoising'")
  })
})
