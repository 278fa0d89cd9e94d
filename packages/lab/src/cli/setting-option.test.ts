import { Command, InvalidArgumentError } from 'commander'
import { describe, expect, it } from 'vitest'
import { reproduceFields as fields } from '../studies/paper-table/schema.ts'
import { asList, asNumber, asText, checked, settingOption } from './setting-option.ts'
import { parseWeight } from './weight-option.ts'

describe('a flag of a setting', () => {
  it('is checked by the field of experiment documents, in its words', () => {
    expect(checked(fields.runs, asNumber('12'))).toBe(12)
    expect(() => checked(fields.runs, asNumber('0'))).toThrow(InvalidArgumentError)
    expect(() => checked(fields.runs, asNumber('0'))).toThrow(
      'Expected a whole number from 1 to 10000, got 0.',
    )
    for (const text of ['1.5', '', '0x10', 'ten', '1e400', 'NaN']) {
      expect(() => checked(fields.seed, asNumber(text))).toThrow('Expected a whole number of at least 0, got')
    }
    expect(checked(fields.models, asList(asText)('ae, DENOISING'))).toEqual(['ae', 'denoising'])
    expect(() => checked(fields.models, asList(asText)('ae,denoisin'))).toThrow(
      "(did you mean 'denoising'?).",
    )
    expect(() => checked(fields.sets, asList(asText)('CBF,'))).toThrow(
      "Expected the name of a data set, got ''.",
    )
  })

  it('reads decimal numbers in the forms that people write', () => {
    expect(['1e-3', '.5', '2.', '-1'].map(asNumber)).toEqual([0.001, 0.5, 2, -1])
    expect(() => checked(fields.learningRate, asNumber('0'))).toThrow('Expected a number above 0, got 0.')
    expect(() => checked(fields.sigma, asList(asNumber)('1,-1'))).toThrow(
      'Expected a number of at least 0, got -1',
    )
    expect(() => checked(fields.sigma, asList(asNumber)('1,1'))).toThrow('Expected each once, got 1 again.')
  })

  it('arrives under its name', () => {
    const command = new Command().addOption(settingOption('--batch-size <n>', '', fields.batchSize, asNumber))
    expect(command.parse(['--batch-size', '8'], { from: 'user' }).opts()).toEqual({ batchSize: 8 })
  })
})

describe('--weight', () => {
  it('is for every weighted model, and for single ones where they are named', () => {
    expect(parseWeight('higherOrderContractive=0.1', parseWeight('0.01,1', undefined))).toEqual({
      weight: [0.01, 1],
      regularizers: { higherOrderContractive: { weight: [0.1] } },
    })
    expect(parseWeight('3', parseWeight('contractive=1', parseWeight('CONTRACTIVE=2')))).toEqual({
      weight: [3],
      regularizers: { contractive: { weight: [1] } },
    })
  })

  it('refuses models that have no weight, and weights that are none', () => {
    expect(() => parseWeight('denoising=1')).toThrow("got 'denoising'")
    expect(() => parseWeight('contractive=x')).toThrow("Expected a number of at least 0, got 'x'.")
  })
})
