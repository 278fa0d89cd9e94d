import { init, key, tensor } from '@facet/tensor'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { normalise } from './normalise.ts'
import {
  applyNormaliser,
  fitNormaliser,
  type Normaliser,
  normaliseRows,
  normaliserKinds,
} from './normaliser.ts'
import { cylinderBellFunnel } from './series/cylinder-bell-funnel.ts'
import { zNormalise } from './z-normalise.ts'

beforeAll(() => init())

describe('a normaliser', () => {
  it('standardises columns by the training part and leaves constant ones their spread', () => {
    const fitted = fitNormaliser(
      tensor([
        [1, 0.1],
        [3, 0.1],
        [5, 0.1],
      ]),
      'columns',
    ) as Extract<Normaliser, { kind: 'columns' }>
    expect(fitted.means[0]).toBe(3)
    expect(fitted.deviations).toEqual([2, 1])
    const { data } = applyNormaliser(fitted, tensor([[7, 1.1]]))
    expect(data.dataSync()[0]).toBe(2)
    expect(data.dataSync()[1]).toBeCloseTo(1, 6)
  })

  it('agrees with the rules that data sets are normalised by', () => {
    const set = cylinderBellFunnel({ seed: 3 })
    const ranged = applyNormaliser(fitNormaliser(set.train, 'range'), set.test)
    expect(ranged.data.dataSync()).toEqual(normalise(set, 'range').test.dataSync())
    const series = applyNormaliser({ kind: 'series' }, set.test)
    expect(series.data.dataSync()).toEqual(zNormalise(set.test).dataSync())
  })

  it.each(normaliserKinds)('%s is undone, and survives JSON', (kind) => {
    const train = key('train').normal([9, 5], 'float64')
    const x = key('new').normal([4, 5], 'float64')
    const stored = JSON.parse(JSON.stringify(fitNormaliser(train, kind))) as Normaliser
    const { data, undo } = applyNormaliser(stored, x, { dtype: 'float64' })
    const back = undo(data).dataSync()
    x.dataSync().forEach((value, i) => void expect(back[i]).toBeCloseTo(value, 12))
  })

  it('undoes any samples, however far from 0 they lie, to their last digits', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...normaliserKinds),
        fc.double({ min: -1e12, max: 1e12, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 3 }), {
          minLength: 2,
          maxLength: 8,
        }),
        (kind, offset, step, rows) => {
          // Each row varies, so that `series` takes it.
          const values = rows.map((row) => [...row, row[0] + 1].map((value) => offset + step * value))
          const x = tensor(values, { dtype: 'float64' })
          fc.pre(kind === 'none' || step > 0.1 || Math.abs(offset) < 1e6)
          const { data, undo } = applyNormaliser(fitNormaliser(x, kind), x, { dtype: 'float64' })
          const back = undo(data).dataSync()
          const place = 4 * Number.EPSILON * Math.max(...values.flat().map(Math.abs))
          values
            .flat()
            .forEach((value, i) => void expect(Math.abs(back[i] - value)).toBeLessThanOrEqual(place))
        },
      ),
    )
  })

  it('undoes a series by its own mean and standard deviation', () => {
    const { undo } = applyNormaliser({ kind: 'series' }, tensor([[10, 20, 30]]))
    expect(undo(tensor([[0, 0, 1]])).toArray()).toEqual([[20, 20, 30]])
  })

  it.each(['float32', 'float64'] as const)(
    'makes float32 of %s samples, and undoes to the dtype of x',
    (dtype) => {
      const x = tensor([[2e9, 2e9 + 1, 2e9 + 2]], { dtype })
      const { data, undo } = applyNormaliser({ kind: 'none' }, x)
      expect(data.dtype).toBe('float32')
      expect(undo(data).dtype).toBe(dtype)
    },
  )

  it.each(normaliserKinds.filter((kind) => kind !== 'none'))(
    '%s gives 2,000,000,000 + 0 … 49 the numbers of 0 … 49, rounded once',
    (kind) => {
      const counting = Array.from({ length: 50 }, (_, i) => i)
      const inputs = (values: number[]) => {
        const x = tensor(kind === 'series' ? [values] : values.map((value) => [value]), { dtype: 'float64' })
        return applyNormaliser(fitNormaliser(x, kind), x).data.dataSync()
      }
      expect(inputs(counting.map((i) => 2e9 + i))).toEqual(inputs(counting))
    },
  )

  it('makes of plain rows what it makes of tensors', () => {
    const x = key('rows').normal([6, 4], 'float64')
    const rows = { values: x.dataSync() as Float64Array, count: 6, length: 4 }
    for (const kind of normaliserKinds) {
      const fitted = fitNormaliser(x, kind)
      expect(normaliseRows(fitted, rows)).toEqual(applyNormaliser(fitted, x).data.dataSync())
    }
    expect(() => normaliseRows({ kind: 'none' }, rows, new Float32Array(3))).toThrow(
      'normaliseRows: into: expected 24 numbers [6, 4], got 3',
    )
  })

  it('refuses what becomes infinite instead of passing infinity on', () => {
    const x = tensor([[1, 1e39]], { dtype: 'float64' })
    expect(() => applyNormaliser({ kind: 'none' }, x)).toThrow(
      'applyNormaliser: row 0: column 1: expected a number that float32 holds once it is normalised, got 1e+39 of 1e+39',
    )
    expect(applyNormaliser({ kind: 'none' }, x, { dtype: 'float64' }).data.toArray()).toEqual([[1, 1e39]])
    expect(() => fitNormaliser(tensor([[-1e308, 1e308]], { dtype: 'float64' }), 'range')).toThrow(
      'fitNormaliser: range: expected a finite range, got -1e+308 to 1e+308',
    )
    expect(() => fitNormaliser(tensor([[1e200], [-1e200]], { dtype: 'float64' }), 'columns')).toThrow(
      'fitNormaliser: column 0: expected values that can be squared, got some as large as 1e+200',
    )
  })

  it('takes what varies by rounding alone for constant', () => {
    const x = tensor([[0.1 + 0.2], [0.3], [0.3]], { dtype: 'float64' })
    expect(fitNormaliser(x, 'columns')).toMatchObject({ deviations: [1] })
    expect(() => fitNormaliser(x, 'range')).toThrow('range: expected values that vary')
  })

  it('says what it expects', () => {
    expect(() => fitNormaliser(tensor([[1]]), 'rows' as 'series')).toThrow(
      "fitNormaliser: kind: expected one of none, series, columns, range, got 'rows'",
    )
    expect(() => fitNormaliser(tensor([[2, 2]]), 'range')).toThrow(
      'expected values that vary, got all equal to 2',
    )
    const columns = fitNormaliser(tensor([[1, 2]]), 'columns')
    expect(() => applyNormaliser(columns, tensor([[1, 2, 3]]))).toThrow(
      'applyNormaliser: expected the 2 columns that were fitted, got 3',
    )
    expect(() => applyNormaliser({ kind: 'series' }, tensor([[4, 4]]), (i) => `a.csv row ${i + 1}`)).toThrow(
      'a.csv row 1: expected a series that varies',
    )
    const { undo } = applyNormaliser({ kind: 'none' }, tensor([[1, 2]]))
    expect(() => undo(tensor([[1]]))).toThrow('undo: expected samples [1, 2], got [1, 1]')
  })
})
