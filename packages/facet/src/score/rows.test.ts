import { fitNormaliser, type NormaliserKind, normaliseRows, type Preparation } from '@facet/data'
import { autoencoder, rowErrors, saveModel } from '@facet/models'
import { init, tensor } from '@facet/tensor'
import { beforeAll, describe, expect, test } from 'vitest'
import { load, type Rows } from './index.ts'

beforeAll(() => init())

const columns = ['temp', 'load', 'length', 'map']
const rows = Array.from({ length: 8 }, (_, i) => [
  20 + Math.sin(i),
  1e6 * Math.cos(3 * i),
  Math.sin(5 * i),
  Math.cos(7 * i) / 1e3,
])
const model = () => autoencoder({ input: 4, bottleneck: 2, encoderHidden: [6], decoderHidden: [6], seed: 4 })

const preparationOf = (given: Partial<Preparation> = {}): Preparation => ({
  columns,
  width: 4,
  missing: { rule: 'refuse' },
  lengths: { rule: 'refuse' },
  window: null,
  normaliser: { kind: 'none' },
  ...given,
})

const bytesOf = (given: Partial<Preparation> | null, others: Record<string, unknown> = {}) =>
  saveModel(model(), {
    metadata: Object.fromEntries(
      Object.entries({ ...(given && { 'facet.preparation': preparationOf(given) }), ...others }).map(
        ([name, value]) => [name, JSON.stringify(value)],
      ),
    ),
  })

const loaded = async (...given: Parameters<typeof bytesOf>) => load(await bytesOf(...given))

const flat = { values: Float64Array.from(rows.flat()), count: 8, length: 4 }

describe('rows are brought into the model’s units', () => {
  test.each<NormaliserKind>(['none', 'series', 'columns', 'range'])('%s', async (kind) => {
    const normaliser = fitNormaliser(tensor(rows, { dtype: 'float64' }), kind)
    const scorer = await loaded({ normaliser })
    const x = normaliseRows(normaliser, flat)
    const expected = rowErrors(model(), tensor(x, { shape: [8, 4] }))
    scorer.score(rows).forEach((score, i) => expect(Math.abs(score / expected[i] - 1)).toBeLessThan(1e-6))
  })

  test('reconstructions and expected values are in the rows’ own', async () => {
    const normaliser = fitNormaliser(tensor(rows, { dtype: 'float64' }), 'columns')
    if (normaliser.kind !== 'columns') throw new Error('no columns')
    const { means: mean, deviations: deviation } = normaliser
    const [scorer, bare] = [await loaded({ normaliser }), await loaded(null)]
    const inUnits = rows.map((row) => row.map((value, j) => Math.fround((value - mean[j]) / deviation[j])))
    const made = bare.reconstruct(inUnits)
    scorer.reconstruct(rows).forEach((row, i) =>
      row.forEach((value, j) => {
        expect(value).toBeCloseTo(made[i][j] * deviation[j] + mean[j], 8)
      }),
    )
    const causes = bare.explain(inUnits).map(({ cause }) => cause!)
    scorer.explain(rows).forEach(({ cause }, i) => {
      const j = causes[i].column as number
      expect(cause!.column).toBe(columns[j])
      expect(cause!.value).toBe(rows[i][j])
      expect(cause!.expected).toBeCloseTo(causes[i].expected * deviation[j] + mean[j], 6)
    })
  })

  test('a series that does not vary, or by rounding alone, has no score', async () => {
    const scorer = await loaded({ normaliser: { kind: 'series' } })
    const flatRows = [Array(4).fill(3), [0.3, 0.1 + 0.2, 0.3, 0.3], [1e200, -1e200, 1, 2]]
    expect(scorer.score(flatRows)).toEqual([NaN, NaN, NaN])
    expect(scorer.isAnomaly(flatRows)).toEqual([false, false, false])
  })
})

describe('missing values', () => {
  const gap = [[20, null, 1, undefined]]
  test.each(['refuse', 'drop'] as const)('%s: such a row has no score', async (rule) => {
    const scorer = await loaded({ missing: { rule } }, { 'facet.fit': { threshold: 0 } })
    expect(scorer.score(gap)).toEqual([NaN])
    expect(scorer.isAnomaly(gap)).toEqual([false])
    expect(scorer.encode(gap)).toEqual([[NaN, NaN]])
    expect(scorer.reconstruct(gap)).toEqual([[NaN, NaN, NaN, NaN]])
    const [{ columns: shares, cause }] = scorer.explain(gap)
    expect(shares.map(({ column }) => column)).toEqual(columns)
    expect(shares.map(({ share }) => share)).toEqual([NaN, NaN, NaN, NaN])
    expect(cause).toBeNull()
  })

  test.each(['mean', 'median'] as const)('%s: of the column, as the file has it', async (rule) => {
    const scorer = await loaded({ missing: { rule, fill: [1, 2, 3, 4] } })
    expect(scorer.score(gap)).toEqual(scorer.score([[20, 2, 1, 4]]))
  })

  test.each([
    ['mean', 2],
    ['median', 1.5],
  ] as const)('%s: of the row itself, where each row is a series', async (rule, middle) => {
    const scorer = await loaded({ missing: { rule, fill: [] }, normaliser: { kind: 'series' } })
    const series = rule === 'mean' ? [1, null, 3, 2] : [1, null, 1.5, 4]
    expect(scorer.score([series])).toEqual(scorer.score([series.map((value) => value ?? middle)]))
    expect(scorer.score([[null, null, null, null]])).toEqual([NaN])
  })
})

describe('rows may be', () => {
  const asObjects = (list: number[][]) =>
    list.map((row) => Object.fromEntries(row.map((value, j) => [columns[j], value])))

  test('typed arrays, or objects by column', async () => {
    const scorer = await loaded({})
    const expected = scorer.score(rows)
    expect(scorer.score(rows.map((row) => Float64Array.from(row)))).toEqual(expected)
    expect(scorer.score(asObjects(rows).map((row) => ({ other: 9, ...row })))).toEqual(expected)
    expect(scorer.score([{ temp: 1, load: true, length: 2, map: false }])).toEqual(
      scorer.score([[1, 1, 2, 0]]),
    )
    expect(scorer.columns).toEqual(columns)
  })

  test.each<[string, unknown, string]>([
    ['of another width', [rows[0], [1, 2]], 'score: row 1: numbers: expected 4, found 2'],
    ['numbers', [1, 2, 3, 4], 'score: row 0: numbers: expected 4, found undefined'],
    ['null', [null], 'score: row 0: numbers: expected 4, found undefined'],
    ['of texts', [[1, 2, '3', 4]], 'score: row 0: column length: expected a finite number, found 3'],
    [
      'infinite',
      [[1, -Infinity, 3, 4]],
      'score: row 0: column load: expected a finite number, found -Infinity',
    ],
    [
      'of objects',
      [[1, {}, 3, 4]],
      'score: row 0: column load: expected a finite number, found [object Object]',
    ],
  ])('not %s', async (_, given, message) => {
    const scorer = await loaded({})
    expect(() => scorer.score(given as Rows)).toThrow(message)
  })

  test('lists alone where columns have no names, which are their indices', async () => {
    const scorer = await loaded(null)
    expect(scorer.columns).toBeNull()
    expect(() => scorer.score([{ temp: 1, load: 2 }])).toThrow(
      'score: row 0: numbers: expected 4, found undefined',
    )
    const [{ columns: shares }] = scorer.explain(rows)
    expect(shares.map(({ column }) => column).sort()).toEqual([0, 1, 2, 3])
  })
})

describe('the threshold', () => {
  const training = { result: { alarm: { threshold: 0.25 } } }
  test.each<[string, Record<string, unknown>, number | null]>([
    ['is that of fit', { 'facet.fit': { threshold: 0.5 }, 'facet.training': training }, 0.5],
    ['is none where fit has none', { 'facet.fit': { threshold: null }, 'facet.training': training }, null],
    ['is that of facet train', { 'facet.training': training }, 0.25],
    ['is none where nothing was held out', { 'facet.training': { result: {} } }, null],
    ['is none in a bare file', {}, null],
  ])('%s', async (_, entries, expected) => {
    const scorer = await loaded({}, entries)
    expect(scorer.threshold).toBe(expected)
    const scores = scorer.score(rows)
    expect(scorer.isAnomaly(rows)).toEqual(scores.map((score) => expected !== null && score > expected))
  })
})
