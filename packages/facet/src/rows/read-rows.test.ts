import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRows } from './read-rows.ts'
import type { RowsForm, RowsInput } from './table.ts'
import { writeRows } from './write-rows.ts'

const read = (rows: unknown, columns: number | readonly string[] | null = null) =>
  readRows('fit', rows as RowsInput, columns)

describe('readRows', () => {
  it('gives the same table for the same numbers in every form', () => {
    const names = ['a', 'b']
    const values = Float64Array.of(1, 2, 3.5, Number.NaN)
    const forms: readonly [unknown, RowsForm][] = [
      [
        [
          [1, 2],
          [3.5, null],
        ],
        'lists',
      ],
      [[Float32Array.of(1, 2), Float64Array.of(3.5, Number.NaN)], 'lists'],
      [[Int8Array.of(1, 2), [3.5, undefined]], 'lists'],
      [Float64Array.of(1, 2, 3.5, Number.NaN), 'float64'],
      [Float32Array.of(1, 2, 3.5, Number.NaN), 'float32'],
      [[{ b: 2, a: 1 }, { a: 3.5 }], 'objects'],
      [
        [
          { a: 1, b: 2, other: 'text' },
          { a: 3.5, b: null },
        ],
        'objects',
      ],
      [{ a: [1, 3.5], b: Float32Array.of(2, Number.NaN), other: ['x'] }, 'columns'],
    ]
    for (const [rows, form] of forms) {
      expect(read(rows, names)).toEqual({ values, count: 2, width: 2, names, form })
    }
  })

  it('takes names and their order from the first object where none are given', () => {
    expect(
      read([
        { b: 1, a: 2 },
        { a: 4, b: 3 },
      ]),
    ).toMatchObject({ names: ['b', 'a'], values: Float64Array.of(1, 2, 3, 4) })
    expect(read({ b: [1, 3], a: [2, 4] })).toMatchObject({
      names: ['b', 'a'],
      values: Float64Array.of(1, 2, 3, 4),
    })
    expect(read([[1, 2]])).toMatchObject({ names: null, width: 2 })
  })

  it('reads true and false as 1 and 0, and what is not there as missing', () => {
    expect([...read([[true, false, null, undefined, Number.NaN]]).values]).toEqual([
      1,
      0,
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ])
  })

  it('takes no rows for no rows', () => {
    expect(read([], 3)).toMatchObject({ count: 0, width: 3 })
    expect(read(new Float32Array(0), 3)).toMatchObject({ count: 0, width: 3 })
  })

  it.each<[unknown, number | readonly string[] | null, string]>([
    [[[1, 2], [3]], null, 'fit: row 1: expected 2 numbers, got 1'],
    [[[1, 2, 3]], 2, 'fit: row 0: expected 2 numbers, got 3'],
    [
      [[1, '2']],
      null,
      "fit: row 0: column 1: expected a finite number, or null where it is missing, got '2'",
    ],
    [
      [[1, Infinity]],
      null,
      'fit: row 0: column 1: expected a finite number, or null where it is missing, got Infinity',
    ],
    [[{ t: new Date(0), x: 1 }], null, "fit: row 0: column 't': expected a finite number"],
    [
      [{ a: 1 }, { a: 1, b: 2 }],
      null,
      "fit: row 1: expected the columns of row 0, 'a', got 'b' as well; name those to use: { columns: [...] }",
    ],
    [[{ a: 1 }], ['a', 'c'], "fit: expected a column 'c', got 'a'"],
    [{ a: [1] }, ['c'], "fit: expected a column 'c', got 'a'"],
    [{ a: [1, 2], b: [1] }, null, "fit: column 'b': expected 2 rows as in 'a', got 1"],
    [
      [{ a: 1 }],
      2,
      "fit: expected lists of 2 numbers, the columns of which have no names, got the names 'a'",
    ],
    [
      Float32Array.of(1, 2, 3),
      null,
      'fit: columns: expected their number or names beside one an object of class Float32Array, got none',
    ],
    [Float32Array.of(1, 2, 3), 2, 'fit: expected rows of 2 columns, got 3 numbers'],
    [
      Float32Array.of(1, Infinity),
      2,
      'fit: row 0: column 1: expected a finite number, or null where it is missing, got Infinity',
    ],
    [[1, 2, 3], null, 'fit: expected rows as lists of numbers'],
    [[[1], { a: 1 }], null, 'got a list of 2, lists and objects in one'],
    ['1,2', null, 'fit: expected rows as lists of numbers'],
    [null, null, 'fit: expected rows as lists of numbers'],
    [42, null, 'got 42'],
    [{}, null, 'got an object with keys (none)'],
    [Promise.resolve([[1, 2]]), null, 'got an object of class Promise'],
  ])('refuses %j with columns %j', (rows, columns, message) => {
    expect(() => read(rows, columns)).toThrow(message)
  })

  it('keeps columns whose names mean something to JavaScript', () => {
    const row = JSON.parse('{ "__proto__": 1, "constructor": 2 }')
    expect(read([row, row]).values).toEqual(Float64Array.of(1, 2, 1, 2))
    expect(() => read([{ a: 1 }], ['constructor'])).toThrow("expected a column 'constructor', got 'a'")
  })

  it('gives rows back in the form in which they came', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true })
    const matrices = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(number, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
      )
    fc.assert(
      fc.property(matrices, (lists) => {
        const names = lists[0].map((_, j) => `c${j}`)
        const inputs: unknown[] = [
          lists,
          Float64Array.from(lists.flat()),
          lists.map((row) => Object.fromEntries(row.map((value, j) => [names[j], value]))),
          Object.fromEntries(names.map((name, j) => [name, lists.map((row) => row[j])])),
        ]
        for (const input of inputs) {
          const { values, count, width, names: found, form } = read(input, names)
          expect(writeRows(values, count, width, found, form)).toEqual(input)
        }
      }),
    )
  })
})
