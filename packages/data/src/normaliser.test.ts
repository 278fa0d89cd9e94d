import { init, key, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, it } from 'vitest'
import { normalise } from './normalise.ts'
import { applyNormaliser, fitNormaliser, type Normaliser, normaliserKinds } from './normaliser.ts'
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

  it('undoes a series by its own mean and standard deviation', () => {
    const { undo } = applyNormaliser({ kind: 'series' }, tensor([[10, 20, 30]]))
    expect(undo(tensor([[0, 0, 1]])).toArray()).toEqual([[20, 20, 30]])
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
