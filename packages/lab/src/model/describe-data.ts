import { noColours } from '../text/colours.ts'
import { counted, grouped } from '../text/number.ts'
import { plainTable } from '../text/plain-table.ts'
import { noBreak, wrap } from '../text/wrap.ts'
import { columnName } from './features.ts'
import type { ModelConfig } from './model-schema.ts'
import type { PreparationSettings } from './settings.ts'

type Data = ModelConfig['data']
type Line = readonly [word: string, text: string]

/** Columns that a table shows. */
const shownColumns = 30

/** Fewer calibrate no threshold that one row in a hundred would pass. */
const fewHeldOut = 20

/** Under the longest of the words that lines begin with. */
export const indent = ' '.repeat(11)

/** `data       …`, at most `columns` wide. */
export const wordLine = ([word, text]: Line, columns: number): string =>
  wrap(`${word.padEnd(indent.length, word === '' ? noBreak : ' ')}${text}`, columns, indent)

const normalisations: Readonly<Record<PreparationSettings['normalise'], string>> = {
  none: 'left as they are',
  series: 'each row z-normalised by its own mean and deviation',
  columns: 'each column z-normalised by the training rows',
  range: 'scaled so that the training values lie in 0 … 1',
}

/** What was taken for what, and what becomes of it: lines for the terminal. */
export function describeData(data: Data, settings: PreparationSettings, columns: number): string {
  const lines = (from: readonly Line[]): string[] => from.map((line) => wordLine(line, columns))
  const table = featureTable(data)
  return [
    ...lines([rowsLine(data, settings), ...notesLines(data), ...besideLines(data, settings)]),
    ...(table === '' ? [] : ['', table, '']),
    ...lines([
      ...missingLines(data, settings),
      ...windowLines(data, settings),
      ...leftOutLines(data, settings),
      ...warningLines(data),
    ]),
  ].join('\n')
}

function rowsLine(data: Data, settings: PreparationSettings): Line {
  const { name, rows, rowsInFile, columns, trainRows, validationRows, inputs = columns } = data
  const { normalise, window, split } = settings
  const of = rows < rowsInFile ? ` of ${rowsInFile}` : ''
  const what = window === null ? '' : ' windows'
  const how = validationRows > 0 && split === 'time' ? ', the last in time' : ''
  const long = window === null && inputs !== columns ? `, made ${inputs} long` : ''
  return [
    'data',
    `${name}: ${counted(rows, 'row')}${of} × ${columns}${long}, ${trainRows}${what} to train on, ${validationRows} held out${how}; ${normalisations[normalise]}`,
  ]
}

const notesLines = ({ notes = [] }: Data): Line[] => notes.map((note, i) => [i === 0 ? 'read' : '', note])

/** Columns that are no features, by what they are for. */
function besideLines({ beside, columnNames }: Data, { data }: PreparationSettings): Line[] {
  const { ids = [], time = null, group = null } = beside ?? {}
  const part = (what: string, names: readonly (string | number | null)[]): string[] => {
    const told = names.filter((name) => name !== null)
    return told.length === 0 ? [] : [`${told.join(', ')} (${what})`]
  }
  const isTable = columnNames !== null || data.columns !== null
  const parts = [
    ...part('id', ids),
    ...part('labels', isTable && data.labels !== 'none' ? [data.labels] : []),
    ...part('time', [time]),
    ...part('group', [group]),
    ...part('dropped', data.drop ?? []),
  ]
  return parts.length === 0 ? [] : [['left out', parts.join('; ')]]
}

/** The columns that are used, each with its range. */
function featureTable(data: Data): string {
  const { features = [], columnNames } = data
  if (features.length === 0) return ''
  const gaps = features.some((feature) => feature.missing > 0)
  const rows = features
    .slice(0, shownColumns)
    .map(({ low, high, missing }, j) => [
      columnName({ columnNames }, j),
      ...rangeTexts(low, high),
      ...(gaps ? [String(missing)] : []),
    ])
  const more = features.length - rows.length
  const head = ['column', 'smallest', 'largest', ...(gaps ? ['missing'] : [])]
  return plainTable({ head, rows: more > 0 ? [...rows, `… ${grouped(more)} more`] : rows }, noColours)
}

/** Digits of a range: as many as tell a column of time stamps from a constant. */
const rangeDigits = [10, 13, 15, 17]

function rangeTexts(low: number | null, high: number | null): [string, string] {
  if (low === null || high === null) return ['–', '–']
  const digits =
    rangeDigits.find((digits) => low.toPrecision(digits) !== high.toPrecision(digits)) ?? rangeDigits[0]
  const text = (value: number): string => String(Number(value.toPrecision(digits)))
  return [text(low), text(high)]
}

const missingRules: Readonly<Record<Exclude<PreparationSettings['missing'], 'refuse'>, string>> = {
  drop: 'rows with one are left out',
  mean: 'filled in with the mean of the column in the training part',
  median: 'filled in with the median of the column in the training part',
  interpolate: 'filled in along a straight line between their neighbours',
}

function missingLines(data: Data, { missing }: PreparationSettings): Line[] {
  if (missing === 'refuse') return []
  const { features = [], columnNames, filled = 0 } = data
  const counts = features.flatMap(({ missing }, j) =>
    missing === 0 ? [] : [{ name: columnName({ columnNames }, j), missing }],
  )
  const total = counts.reduce((sum, { missing }) => sum + missing, 0)
  const worst = counts.sort((a, b) => b.missing - a.missing).slice(0, shownColumns)
  const where = worst.map(({ name, missing }) => `${name} ${missing}`).join(', ')
  const more = counts.length > worst.length ? `, and ${counts.length - worst.length} more columns` : ''
  const found =
    total > 0
      ? `${counted(total, 'value')} (${where}${more})`
      : filled > 0
        ? counted(filled, 'value')
        : 'no value'
  return [['missing', `${found}; ${missingRules[missing]}`]]
}

function windowLines(data: Data, { window, stride }: PreparationSettings): Line[] {
  if (window === null) return []
  const { items = data.rows, series = 1, between = 0, columns } = data
  const kept = between === 0 ? '' : `; ${between} on both sides of the split are in neither part`
  return [
    [
      'windows',
      `${grouped(items)} of ${window} rows × ${columns}, one every ${counted(stride!, 'row')}, from ${series} series${kept}`,
    ],
  ]
}

function leftOutLines({ unusable = 0, leftOut = [] }: Data, { window }: PreparationSettings): Line[] {
  if (unusable === 0) return []
  const what = window === null ? 'row' : 'window'
  const told = leftOut.map(
    ({ reason, count, firstRow }) =>
      `${reason} (${count === 1 ? `row ${firstRow}` : `${count}, the first at row ${firstRow}`})`,
  )
  return [['not used', `${counted(unusable, what)}: ${told.join('; ')}`]]
}

function warningLines({ warnings = [], validationRows }: Data): Line[] {
  const few =
    validationRows > 0 && validationRows < fewHeldOut
      ? [
          `${counted(validationRows, 'row')} held out: fewer than ${fewHeldOut} say little of which errors are usual; the smallest p-value that they give is 1/${validationRows + 1}`,
        ]
      : []
  const none =
    validationRows === 0 ? ['no row is held out: there is no threshold of alarms, and no p-value'] : []
  return [...warnings, ...few, ...none].map((warning) => ['warning', warning])
}
