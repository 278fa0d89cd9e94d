import { describe, expect, it } from 'vitest'
import { asColumn, asColumns, asConditions } from './columns.ts'

describe('columns of the command line', () => {
  it('are names, or indices, which stand in quotes where they are names', () => {
    expect(['temp', '3', '-1', '"3"', '"a ""b"""', '2.5', 'none'].map((text) => asColumn(text))).toEqual([
      'temp',
      3,
      -1,
      '3',
      'a "b"',
      '2.5',
      'none',
    ])
  })

  it('are separated by commas, but for those in quotes', () => {
    expect(asColumns('a, b,-1')).toEqual(['a', 'b', -1])
    expect(asColumns('"a,b",c')).toEqual(['a,b', 'c'])
    expect(asColumns('"x y"')).toEqual(['x y'])
  })

  it('have conditions with every comparison, separated by commas', () => {
    expect(asConditions('Class=0,age>=18, kind != b')).toEqual([
      { column: 'Class', is: '=', value: '0' },
      { column: 'age', is: '>=', value: '18' },
      { column: 'kind', is: '!=', value: 'b' },
    ])
    expect(asConditions('"a=1,2"')).toEqual([{ column: 'a', is: '=', value: '1,2' }])
    expect(asConditions('Class')).toEqual(['Class'])
  })
})
