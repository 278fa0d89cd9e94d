import { type Colours, noColours } from '../../text/colours.ts'
import { markdown } from '../../text/markdown.ts'
import { errorsText, errorText, percent, pText, signedPercent } from '../../text/number.ts'
import { markdownTable, type PlainTable, plainTable } from '../../text/plain-table.ts'
import { noBreak, wrap } from '../../text/wrap.ts'
import { describeStudy } from './describe-study.ts'
import { studyModels, valueText } from './models.ts'
import { explainedFraction, type OrbitStudyReport, studyYardsticks } from './report.ts'
import { orbitStudyProtocol } from './settings.ts'
import type { StudyRow } from './summarise.ts'

const title = ({ settings }: OrbitStudyReport): string =>
  `Test reconstruction error × 100, ${settings.net} autoencoders, ${settings.runs === 1 ? '1 run' : `mean ± std of ${settings.runs} paired runs`}`

/** `CBF   22 + 8 held out / 900 × 128, generators explain 25.3 %`. */
function setLine(report: OrbitStudyReport, set: string): string {
  const { train, validation, test, length } = report.sizes[set]
  const explained = explainedFraction(report, set)
  const generators = explained === null ? '' : `, generators explain ${percent(explained)}`
  return `${set}   ${train} + ${validation} / ${test} × ${length}${generators}`
}

const modelCells = ({ model, chosen, testErrors, comparison }: StudyRow): string[] => [
  `  ${studyModels[model].title}`,
  errorsText(testErrors),
  comparison === null ? '' : signedPercent(comparison.relative),
  comparison === null ? '' : `${comparison.wins}/${comparison.runs}`,
  comparison === null ? '' : pText(comparison.pairedT),
  comparison === null ? '' : pText(comparison.signFlip),
  valueText(model, chosen),
]

function errorsTable(report: OrbitStudyReport): PlainTable {
  const { settings, rows } = report
  return {
    head: ['', 'error', 'to AE', 'wins', 'p (t)', 'p (flip)', 'chosen'],
    rows: settings.sets.flatMap((set) => [
      setLine(report, set),
      ...rows.filter((row) => row.set === set).map(modelCells),
      ...studyYardsticks(report, set).map(({ name, errors }) => [
        `  ${name}`,
        errorsText(errors),
        ...['', '', '', '', ''],
      ]),
    ]),
  }
}

function abilitiesTable({ settings, rows }: OrbitStudyReport): PlainTable {
  const warped = orbitStudyProtocol.warpScales
  return {
    head: ['', 'linear probe', '1-NN', ...warped.flatMap((s) => [`warped ${s}`, 'to AE'])],
    rows: settings.sets.flatMap((set) => [
      set,
      ...rows.flatMap((row): string[][] => {
        if (row.set !== set || row.abilities === null) return []
        const { linearAccuracy, nearestAccuracy, warped: errors } = row.abilities
        return [
          [
            `  ${studyModels[row.model].title}`,
            percent(linearAccuracy),
            percent(nearestAccuracy),
            ...errors.flatMap(({ error, relative }) => [
              errorText(error),
              relative === null || row.model === 'ae' ? '' : signedPercent(relative),
            ]),
          ],
        ]
      }),
    ]),
  }
}

const tablesOf = (report: OrbitStudyReport): PlainTable[] => [
  errorsTable(report),
  ...(report.rows.some(({ abilities }) => abilities !== null) ? [abilitiesTable(report)] : []),
]

const subjectWidth = 'yardsticks'.length + 2

/** The report for a terminal of the given width. */
export function renderStudyText(
  report: OrbitStudyReport,
  columns: number,
  colours: Colours = noColours,
): string {
  const settings = describeStudy(report).map(([subject, text]) =>
    wrap(`${subject.padEnd(subjectWidth)}${text}`, columns, ' '.repeat(subjectWidth)),
  )
  const failures = report.failures.map((failure) => wrap(`failed: ${failure}`, columns, '        '))
  return [
    colours.bold(wrap(title(report), columns)),
    ...tablesOf(report).map((table) => plainTable(table, colours)),
    settings.join('\n'),
    ...(failures.length > 0 ? [failures.join('\n')] : []),
  ].join('\n\n')
}

/** The report as a Markdown page. */
export function renderStudyMarkdown(report: OrbitStudyReport): string {
  const notes = [
    ...describeStudy(report).map(([subject, text]) => `- **${markdown(subject)}**: ${markdown(text)}`),
    ...report.failures.map((failure) => `- failed: ${markdown(failure)}`),
  ]
  const page = [`# ${markdown(title(report))}`, ...tablesOf(report).map(markdownTable), notes.join('\n')]
  return `${page.join('\n\n').replaceAll(noBreak, ' ')}\n`
}
