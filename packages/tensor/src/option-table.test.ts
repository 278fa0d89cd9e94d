import { describe, expect, expectTypeOf, it } from 'vitest'
import {
  aBoolean,
  aCount,
  aFunction,
  aNumber,
  anything,
  aValue,
  type OptionsOf,
  oneOf,
  optional,
  optionTable,
  type ResolvedOptionsOf,
  required,
  withDefault,
} from './option-table.ts'

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
