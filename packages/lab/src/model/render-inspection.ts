import { describeObjective } from '../objectives.ts'
import { type Colours, noColours } from '../text/colours.ts'
import { counted, fourDigits, percent } from '../text/number.ts'
import { plainTable } from '../text/plain-table.ts'
import { sparkline } from '../text/sparkline.ts'
import { wrap } from '../text/wrap.ts'
import { describeCourse } from './changes.ts'
import { describeData, indent, wordLine } from './describe-data.ts'
import type { BareInspection, Inspection, LayerFacts, Spread } from './inspection.ts'
import { alarmText, errorTable, itemName } from './render-trained.ts'

const spread = ({ smallest, median, largest }: Spread): string =>
  smallest === largest
    ? fourDigits(smallest)
    : `${fourDigits(median)} (${fourDigits(smallest)} … ${fourDigits(largest)})`

/** An inspection for the terminal, at most `columns` wide. */
export function renderInspection(
  inspection: Inspection,
  columns: number,
  colours: Colours = noColours,
): string {
  return [summary, layers, errors, alarm, regions, generators, training]
    .map((part) => part(inspection, columns, colours))
    .filter((part) => part !== '')
    .join('\n\n')
}

/** The same of a model file that says nothing of its data. */
export function renderBareInspection(
  { path, parameters, layers }: BareInspection,
  columns: number,
  colours: Colours = noColours,
): string {
  return [
    [wordLine(['model', path], columns), wordLine(['size', counted(parameters, 'parameter')], columns)].join(
      '\n',
    ),
    layerTable(layers, colours),
    wrap('The file does not say what the model was trained on: it was not made by facet train.', columns),
  ].join('\n\n')
}

const wrapped = (lines: readonly string[], columns: number): string =>
  lines.map((line) => wrap(line, columns, indent)).join('\n')

function summary({ path, data, settings, parameters }: Inspection, columns: number): string {
  return [
    wordLine(['model', path], columns),
    describeData(data, settings, columns),
    wordLine(['objective', settings.objectives.map(describeObjective).join(' + ')], columns),
    wordLine(['size', counted(parameters, 'parameter')], columns),
  ].join('\n')
}

function layers({ layers, seen }: Inspection, columns: number, colours: Colours): string {
  const table = layerTable(layers, colours)
  if (seen === null) return table
  const live = `live: lets something through for at least one of ${counted(seen.rows, 'row')} (${seen.name})`
  return `${table}\n${wrap(live, columns)}`
}

function layerTable(layers: readonly LayerFacts[], colours: Colours): string {
  const rows = layers.flatMap((layer) => layerRows(layer, ''))
  const head = ['layer', 'size', 'kind', 'parameters', 'live units']
  return plainTable({ head, rows, left: [0, 2] }, colours)
}

/** A layer, and below it what is inside. */
function layerRows(layer: LayerFacts, before: string): string[][] {
  const { name, inputs, outputs, parameters, liveUnits, layers = [] } = layer
  const units = outputs.reduce((product, length) => product * length, 1)
  const size = `${inputs.join('×')} → ${outputs.join('×')}`
  const own = [before + name, size, kindOf(layer), String(parameters), `${liveUnits ?? '–'} of ${units}`]
  return [own, ...layers.flatMap((inner) => layerRows(inner, `${before}  `))]
}

/** What a residual layer consists of stands below it. */
const kindOf = ({ kind, text, layers }: LayerFacts): string =>
  layers !== undefined ? kind : text.startsWith(kind) ? text : `${kind} ${text}`

function errors({ result, seen }: Inspection, _columns: number, colours: Colours): string {
  return errorTable(result, seen?.error === result.errors.train ? null : seen, colours)
}

function alarm({ result, settings }: Inspection, columns: number): string {
  return result.alarm === undefined
    ? ''
    : wrapped([`alarms     ${alarmText(result.alarm, itemName(settings))}`], columns)
}

function regions({ seen, local, result, data }: Inspection, columns: number): string {
  if (seen === null || local === null) {
    const { encoder, decoder, joint } = result.regions
    return wrapped(
      [
        `regions    ${counted(data.trainRows, 'row')} trained on lie in ${encoder} of the encoder, ${decoder} of the decoder, ${joint} of both; where they lie is in regions.npz of the folder, or --data says it of other rows`,
      ],
      columns,
    )
  }
  const { encoder, decoder, joint } = seen.regions
  const lines = [
    `regions    ${counted(seen.rows, 'row')} lie in ${encoder} of the encoder, ${decoder} of the decoder, ${joint} of both`,
    `local map  at ${counted(local.rows, 'row')}: rank ${spread(local.rank)}, spectral norm ${spread(local.spectralNorm)}`,
  ]
  return wrapped(lines, columns)
}

function generators({ generators }: Inspection, _columns: number, colours: Colours): string {
  const rows = Object.entries(generators).flatMap(([name, shapes]) =>
    shapes.map(({ norm, skewShare, spectralNorm }, k) => [
      `${name} ${k + 1}`,
      fourDigits(norm),
      fourDigits(spectralNorm),
      percent(skewShare),
      percent(1 - skewShare),
    ]),
  )
  if (rows.length === 0) return ''
  return plainTable({ head: ['generator', '‖G‖_F', 'largest σ', 'skew', 'symmetric'], rows }, colours)
}

function training({ log, result, settings, changes, endedAfterSteps }: Inspection, columns: number): string {
  const width = Math.max(8, Math.min(60, columns - 34))
  const line = (name: string, values: readonly number[]): string =>
    `${name.padEnd(11)}${sparkline(values, width)}  ${fourDigits(values[0])} → ${fourDigits(values[values.length - 1])}`
  const held = log.flatMap(({ validation }) => (validation === undefined ? [] : [validation]))
  const best =
    result.bestEpoch === null ? 'weights of the last' : `weights of epoch ${result.bestEpoch}, the best`
  const losses = log.map(({ train }) => train.loss)
  return [
    ...(losses.length > 0 ? [line('loss', losses)] : []),
    ...(held.length > 0 ? [line('held out', held)] : []),
    `training   ${counted(result.epochs, 'epoch')}; ${best}`,
    ...describeCourse({ settings, changes, endedAfterSteps }).map((line) =>
      wrap(`${indent}${line}`, columns, indent),
    ),
  ].join('\n')
}
