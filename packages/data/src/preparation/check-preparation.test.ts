import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkPreparation } from './check-preparation.ts'
import type { Preparation } from './preparation.ts'

const table: Preparation = {
  columns: ['a', 'b'],
  width: 2,
  missing: { rule: 'median', fill: [1, -2.5] },
  lengths: { rule: 'refuse' },
  window: null,
  normaliser: { kind: 'columns', means: [1, 2], deviations: [1, 3] },
}
const windows: Preparation = {
  columns: ['a', 'b'],
  width: 2,
  missing: { rule: 'interpolate' },
  lengths: { rule: 'refuse' },
  window: { length: 2, stride: 1 },
  normaliser: { kind: 'columns', means: [1, 2, 1, 2], deviations: [1, 3, 1, 3] },
}
const series: Preparation = {
  columns: null,
  width: 9,
  missing: { rule: 'mean', fill: [] },
  lengths: { rule: 'pad', length: 9 },
  window: null,
  normaliser: { kind: 'series' },
}
const pixels: Preparation = {
  ...table,
  columns: null,
  missing: { rule: 'refuse' },
  normaliser: { kind: 'range', low: 0, high: 255 },
}
const plain: Preparation = { ...pixels, missing: { rule: 'drop' }, normaliser: { kind: 'none' } }
const all = { table, windows, series, pixels, plain }

/** A copy with the value at a path replaced. */
function changed(preparation: Preparation, path: readonly string[], value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(preparation))
  let at = copy
  for (const name of path.slice(0, -1)) at = at[name]
  at[path[path.length - 1]] = value
  return copy
}

/** Paths of all fields within. */
const pathsOf = (value: unknown, path: readonly string[] = []): string[][] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [[...path, name], ...pathsOf(inner, [...path, name])])

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -0, 1e300, 2 ** 53, 1.5, '__proto__', undefined),
)

describe('checkPreparation', () => {
  it.each(Object.entries(all))('takes %s back from JSON as it was', (_, preparation) => {
    expect(checkPreparation(JSON.parse(JSON.stringify(preparation)))).toEqual(preparation)
  })

  it.each<[keyof typeof all, string, unknown, string]>([
    ['table', 'width', 3, 'preparation: columns: expected a list of 3'],
    ['table', 'width', 0, 'preparation: width: expected an integer from 1 to 1048576, got 0'],
    ['plain', 'width', 1e9, 'preparation: width: expected an integer from 1 to 1048576'],
    ['table', 'columns.0', 7, 'preparation: columns[0]: expected a text, got 7'],
    ['table', 'columns', 'ab', 'preparation: columns: expected a list of 2'],
    [
      'table',
      'missing.rule',
      'zero',
      'preparation: missing.rule: expected one of refuse, drop, mean, median, interpolate',
    ],
    ['table', 'missing.rule', 'toString', 'preparation: missing.rule'],
    ['table', 'missing.fill', [1], 'preparation: missing.fill: expected a list of 2'],
    ['table', 'missing.fill.1', null, 'preparation: missing.fill[1]: expected a finite number, got null'],
    ['table', 'missing', null, 'preparation: missing: expected an object, got null'],
    ['series', 'missing.fill', [1], 'preparation: missing.fill: expected a list of 0'],
    [
      'series',
      'lengths.rule',
      'crop',
      'preparation: lengths.rule: expected one of refuse, pad, cut, stretch',
    ],
    ['series', 'lengths.length', 1e12, 'preparation: lengths.length: expected an integer from 2'],
    [
      'windows',
      'lengths',
      { rule: 'cut', length: 4 },
      'preparation: lengths.rule: expected refuse, with a window',
    ],
    ['windows', 'window.length', 1, 'preparation: window.length: expected an integer from 2'],
    ['windows', 'window.stride', 0.5, 'preparation: window.stride: expected an integer from 1'],
    ['windows', 'window.length', 2 ** 20, 'preparation: window: expected windows of at most 1048576 numbers'],
    ['windows', 'window', [], 'preparation: window: expected an object'],
    ['windows', 'window.length', 3, 'preparation: normaliser.means: expected a list of 6'],
    [
      'table',
      'normaliser.deviations.0',
      0,
      'preparation: normaliser.deviations[0]: expected a number above 0, got 0',
    ],
    [
      'table',
      'normaliser.kind',
      'constructor',
      'preparation: normaliser.kind: expected one of none, series, columns, range',
    ],
    ['pixels', 'normaliser.high', -1, 'preparation: normaliser.high: expected a number above 0, got -1'],
    ['pixels', 'normaliser.high', null, 'preparation: normaliser.high: expected a finite number'],
  ])('says of %s which field is wrong: %s = %j', (which, path, value, message) => {
    expect(() => checkPreparation(changed(all[which], path.split('.'), value))).toThrow(message)
  })

  it('says what is no preparation at all', () => {
    for (const value of [null, undefined, 3, 'x', [], [table]]) {
      expect(() => checkPreparation(value)).toThrow('preparation: preparation: expected an object')
    }
  })

  it('keeps the known fields alone, and none of another object', () => {
    const text = JSON.stringify({ ...table, extra: 1 }).replace('{', '{"__proto__":{"polluted":1},')
    const checked = checkPreparation(JSON.parse(text))
    expect(Object.keys(checked).sort()).toEqual(Object.keys(table).sort())
    expect(Object.getPrototypeOf(checked)).toBe(Object.prototype)
    // What is inherited is not there.
    expect(() => checkPreparation(Object.create(table))).toThrow('preparation: width')
  })

  it('takes one field of any value for another preparation that is whole, or names a field', () => {
    const whole = (checked: Preparation) => {
      const again = checkPreparation(JSON.parse(JSON.stringify(checked)))
      // JSON has no -0.
      expect(JSON.stringify(again)).toBe(JSON.stringify(checked))
      const inputs = checked.window === null ? checked.width : checked.window.length * checked.width
      if (checked.normaliser.kind === 'columns' && checked.lengths.rule === 'refuse') {
        expect(checked.normaliser.means).toHaveLength(inputs)
        expect(checked.normaliser.deviations.every((deviation) => deviation > 0)).toBe(true)
      }
    }
    fc.assert(
      fc.property(
        fc
          .constantFrom(...Object.values(all))
          .chain((preparation) =>
            fc.tuple(fc.constant(preparation), fc.constantFrom(...pathsOf(preparation))),
          ),
        anything,
        ([preparation, path], value) => {
          let checked: Preparation
          try {
            checked = checkPreparation(changed(preparation, path, value))
          } catch (error) {
            expect((error as Error).message).toMatch(/^preparation: [a-z.]+(\[\d+\])?: expected .*, got /)
            return
          }
          whole(checked)
        },
      ),
      { numRuns: 1000 },
    )
  })
})
