import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  aBoolean,
  aCount,
  aFloatDType,
  aFunction,
  aNumber,
  anything,
  aSeed,
  aTensor,
  aText,
  aValue,
  type OptionsOf,
  oneOf,
  optional,
  optionTable,
  type ResolvedOptionsOf,
  required,
  withDefault,
} from './option-table.ts'
import { key } from './random/key.ts'
import { aKey } from './random/key-option.ts'

const table = optionTable('blur', {
  width: required(aCount()),
  sigma: withDefault(aNumber(), 1),
  edges: withDefault(oneOf(['zero', 'nearest']), 'zero'),
  each: optional(aFunction<(x: number) => number>('a function such as Math.sqrt')),
  isQuick: withDefault(aBoolean, false),
  label: optional(aValue<string>('a label', (value) => typeof value === 'string')),
  other: optional(anything<object>()),
})

describe('an option table', () => {
  it('gives the types of what callers give and of what the function works with', () => {
    interface Given {
      readonly width: number
      readonly sigma?: number | undefined
      readonly edges?: 'zero' | 'nearest' | undefined
      readonly each?: ((x: number) => number) | undefined
      readonly isQuick?: boolean | undefined
      readonly label?: string | undefined
      readonly other?: object | undefined
    }
    expectTypeOf<OptionsOf<typeof table>>().toEqualTypeOf<Given>()
    expectTypeOf<ResolvedOptionsOf<typeof table>['sigma']>().toEqualTypeOf<number>()
    expectTypeOf<ResolvedOptionsOf<typeof table>['label']>().toEqualTypeOf<string | undefined>()
    expect(table.names).toEqual(['width', 'sigma', 'edges', 'each', 'isQuick', 'label', 'other'])
  })

  it('fills defaults in, also for undefined', () => {
    expect(table.resolve({ width: 3, sigma: undefined, edges: 'nearest' })).toEqual({
      width: 3,
      sigma: 1,
      edges: 'nearest',
      each: undefined,
      isQuick: false,
      label: undefined,
      other: undefined,
    })
  })

  it('names the function and the option that is unknown, missing or out of range', () => {
    const ask = (options: unknown) => () => table.resolve(options)
    expect(ask({ width: 3, sigm: 2 })).toThrow("blur: unknown option 'sigm'; did you mean 'sigma'?")
    expect(ask({})).toThrow('blur: width: expected an integer of at least 1, got undefined')
    expect(ask({ width: 3, sigma: -1 })).toThrow(
      'blur: sigma: expected a finite number of at least 0, got -1',
    )
    expect(ask({ width: 3, sigma: null })).toThrow(
      'blur: sigma: expected a finite number of at least 0, got null',
    )
    expect(ask({ width: 3, edges: 'wrap' })).toThrow("blur: edges: expected one of zero, nearest, got 'wrap'")
    expect(ask({ width: 3, each: 2 })).toThrow('blur: each: expected a function such as Math.sqrt, got 2')
    expect(ask({ width: 3, isQuick: 1 })).toThrow('blur: isQuick: expected true or false, got 1')
    expect(ask({ width: 3, label: 1 })).toThrow('blur: label: expected a label, got 1')
    expect(ask(null)).toThrow('blur: expected options { width, sigma')
    expect(() => table.resolve({ width: 0 }, "blur 'a'")).toThrow("blur 'a': width: expected")
  })
})

describe('the options of rows alone', () => {
  it('are those of a table of them, so that types of shared and own rows can be joined', () => {
    const shared = { width: required(aCount()) }
    const own = { sigma: withDefault(aNumber(), 1) }
    const joined = optionTable('blur', { ...shared, ...own })
    expectTypeOf<OptionsOf<typeof shared> & OptionsOf<typeof own>>().toExtend<OptionsOf<typeof joined>>()
    expectTypeOf<OptionsOf<typeof joined>>().toExtend<OptionsOf<typeof shared> & OptionsOf<typeof own>>()
    expect(joined.resolve({ width: 2 })).toEqual({ width: 2, sigma: 1 })
  })
})

describe('kinds of options', () => {
  const refusal = (
    kind: { check(operation: string, option: string, value: unknown): void },
    value: unknown,
  ) => {
    try {
      kind.check('f', 'x', value)
      return null
    } catch (error) {
      return (error as Error).message
    }
  }

  it.each([
    ['aText', aText, ['', 'a'], [0, null], 'f: x: expected a text, got 0'],
    [
      'aFloatDType',
      aFloatDType,
      ['float32', 'float64'],
      ['int32', 32],
      "f: x: expected one of float32, float64, got 'int32'",
    ],
    [
      'aSeed',
      aSeed,
      [0, -7, 2 ** 53 - 1, 'run'],
      [0.5, 2 ** 53, Number.NaN, {}, null],
      'f: x: expected a string or a whole number of at most 53 bits, got 0.5',
    ],
    ['aTensor', aTensor, [], [3, [1, 2], null], 'f: x: expected a tensor, got 3'],
    ['aKey', aKey, [key(0)], [7, 'run'], 'f: x: expected key(seed), got 7'],
  ])('%s takes its own and names what it got', (_, kind, fitting, others, message) => {
    for (const value of fitting) expect(refusal(kind, value)).toBeNull()
    for (const value of others) expect(refusal(kind, value)).not.toBeNull()
    expect(refusal(kind, others[0])).toBe(message)
  })
})
