import { describe, expect, it } from 'vitest'
import { UsageError } from '../errors.ts'
import { definitions, studyOf } from '../studies/studies.ts'
import { type Fields, readFlag } from './field.ts'
import { asNumber } from './read-text.ts'

const { fields: reproduceFields } = studyOf('reproduce').definition
const { fields: orbitBenefitFields } = studyOf('orbitBenefit').definition

/** What texts of flags say together. */
const read = (fields: Fields, ...flags: [name: string, text: string][]) =>
  flags.reduce((before, [name, text]) => readFlag(fields, name, text, before), {})

const complaint = (fields: Fields, name: string, text: string): string => {
  try {
    readFlag(fields, name, text, {})
  } catch (error) {
    expect(error).toBeInstanceOf(UsageError)
    return (error as Error).message
  }
  return 'nothing'
}

describe('the flag of a field', () => {
  it('is read as its kind of value is written, and refused in the words of its field', () => {
    expect(read(reproduceFields, ['runs', '12'])).toEqual({ runs: 12 })
    expect(complaint(reproduceFields, 'runs', '0')).toBe(
      '--runs: expected a whole number from 1 to 10000, got 0',
    )
    for (const text of ['1.5', '', '0x10', 'ten', '1e400', 'NaN']) {
      expect(complaint(reproduceFields, 'seed', text)).toContain(
        '--seed: expected a whole number of at least 0, got',
      )
    }
    expect(read(reproduceFields, ['models', 'ae, DENOISING'])).toEqual({ models: ['ae', 'denoising'] })
    expect(complaint(reproduceFields, 'models', 'ae,denoisin')).toContain("(did you mean 'denoising'?)")
    expect(complaint(reproduceFields, 'sets', 'CBF,')).toBe("--sets: expected the name of a data set, got ''")
    expect(complaint(reproduceFields, 'sigma', '1,-1')).toContain('expected a number of at least 0, got -1')
    expect(complaint(reproduceFields, 'sigma', '1,1')).toContain('expected each once, got 1 again')
    expect(complaint(reproduceFields, 'learningRate', '0')).toBe(
      '--learning-rate: expected a number above 0, got 0',
    )
  })

  it('has an argument, words of help and, where it has a default, words for that too', () => {
    for (const { fields } of definitions) {
      for (const [name, { flag, schema, default: usual }] of Object.entries(fields)) {
        expect(schema.parse(undefined)).toEqual(usual)
        if (name === 'regularizers') continue
        expect(flag?.argument).toMatch(/^<\w+>$/)
        expect(flag?.help).not.toBe('')
      }
    }
  })

  it('reads decimal numbers in the forms that people write', () => {
    expect(['1e-3', '.5', '2.', '-1'].map(asNumber)).toEqual([0.001, 0.5, 2, -1])
  })

  it('given twice has the last value', () => {
    expect(read(reproduceFields, ['runs', '1'], ['runs', '2'])).toEqual({ runs: 2 })
  })
})

describe('--weight', () => {
  it('is for every weighted model, and for single ones where they are named', () => {
    expect(read(reproduceFields, ['weight', '0.01,1'], ['weight', 'higherOrderContractive=0.1'])).toEqual({
      weight: [0.01, 1],
      regularizers: { higherOrderContractive: { weight: [0.1] } },
    })
    expect(
      read(reproduceFields, ['weight', 'CONTRACTIVE=2'], ['weight', 'contractive=1'], ['weight', '3']),
    ).toEqual({ weight: [3], regularizers: { contractive: { weight: [1] } } })
  })

  it('refuses models that have no weight, and weights that are none', () => {
    expect(complaint(reproduceFields, 'weight', 'denoising=1')).toContain("got 'denoising'")
    expect(complaint(reproduceFields, 'weight', 'contractive=x')).toBe(
      "--weight: expected a number of at least 0, got 'x'",
    )
  })
})

describe('--candidates', () => {
  it('takes models under the names that they have and had, and keeps them under the first', () => {
    const said = read(
      orbitBenefitFields,
      ['candidates', 'orbit=1'],
      ['candidates', 'lieGroupTangent=2,3'],
      ['candidates', 'mixup=0.5'],
    )
    expect(said).toEqual({ candidates: { lieGroupOrbit: [1], lieGroupTangent: [2, 3], mixup: [0.5] } })
  })

  it('refuses a model without values', () => {
    expect(complaint(orbitBenefitFields, 'candidates', 'ae=1')).toContain('--candidates: expected one of')
    expect(complaint(orbitBenefitFields, 'candidates', 'mixup=')).toBe(
      "--candidates: expected a number of at least 0, got ''",
    )
  })
})

it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])(
  'a name such as %s is a name like any other, known or not',
  (name) => {
    expect(complaint(reproduceFields, 'models', name)).toMatch(`--models: expected one of ae, `)
    expect(complaint(reproduceFields, 'bottleneckActivation', name)).toContain(`got '${name}'`)
    expect(complaint(reproduceFields, 'weight', `${name}=1`)).toContain(`got '${name}'`)
    expect(complaint(orbitBenefitFields, 'candidates', `${name}=1`)).toContain(`got '${name}'`)
    expect(complaint(orbitBenefitFields, 'net', name)).toContain(`got '${name}'`)
    expect(read(reproduceFields, ['sets', name])).toEqual({ sets: [name] })
  },
)
