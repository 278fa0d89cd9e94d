import { escapeHtml } from '../../report/html.ts'
import { type HtmlCell, type HtmlRow, htmlTable } from '../../report/html-table.ts'
import { counted } from '../../text/number.ts'
import { studyColours } from './colours.ts'
import { type StudyModelName, studyModels, valueText } from './models.ts'
import { errorsText, errorText, percent, pText, signedPercent } from './numbers.ts'
import { explainedFraction, type OrbitStudyReport, studyYardsticks } from './report.ts'
import { orbitStudyProtocol } from './settings.ts'
import type { StudyRow } from './summarise.ts'

/** `±` sticks to its number; a narrow cell breaks before it. */
const spreadCell = (values: readonly number[]): HtmlCell => ({
  html: escapeHtml(errorsText(values).replace('± ', '±\u00a0')),
  className: 'breaks',
})

const nameCell = (model: StudyModelName, chosen: number | null): HtmlCell => {
  const value = valueText(model, chosen)
  const aside =
    value === '' ? '' : ` <small class="faint">${escapeHtml(value.replace(' ', '\u00a0'))}</small>`
  return {
    html: `<span class="key" style="background:${studyColours[model]}"></span>${escapeHtml(studyModels[model].title)}${aside}`,
  }
}

const modelRow = ({ model, chosen, testErrors, comparison }: StudyRow): HtmlRow => ({
  cells: [
    nameCell(model, chosen),
    spreadCell(testErrors),
    ...(comparison === null
      ? ['', '', '', '']
      : [
          signedPercent(comparison.relative),
          `${comparison.wins}/${comparison.runs}`,
          pText(comparison.pairedT),
          pText(comparison.signFlip),
        ]),
  ],
})

const yardstickRows = (report: OrbitStudyReport, set: string): HtmlRow[] =>
  studyYardsticks(report, set).map(({ name, errors }) => ({
    className: 'back',
    cells: [name, spreadCell(errors), '', '', '', ''],
  }))

function setNote(report: OrbitStudyReport, set: string): string {
  const { train, validation, test, length } = report.sizes[set]
  const explained = explainedFraction(report, set)
  const generators = explained === null ? '' : `; generators explain ${percent(explained)}`
  return `${train} to train, ${validation} held out, ${test} to test, ${length} values each${generators}`
}

/** Test errors of every model and yardstick, and how they compare with AE's. */
export function tableHtml(report: OrbitStudyReport): string {
  const { settings, rows, failures } = report
  const spread =
    settings.runs === 1 ? 'one run' : `mean ± sample standard deviation over ${settings.runs} runs`
  const table = htmlTable(
    {
      caption: `Test reconstruction error × 100, ${spread}. “To AE”, wins and p compare runs of the same number, which have the same held-out part, first weights and order of batches: paired t test and exact sign-flip permutation test, two-sided. Beside each name its value of s, λ, σ, … that the validation parts chose.`,
      head: ['', 'error', 'to AE', 'wins', 'p (t)', 'p (flip)'],
      groups: settings.sets.map((set) => ({
        title: set,
        note: setNote(report, set),
        rows: [...rows.filter((row) => row.set === set).map(modelRow), ...yardstickRows(report, set)],
      })),
    },
    'Test errors of all models and sets',
  )
  const failed =
    failures.length === 0
      ? ''
      : `<h3>${counted(failures.length, 'failure')}</h3><ul>${failures.map((text) => `<li>${escapeHtml(text)}</li>`).join('')}</ul>`
  return table + failed
}

/** Whether codes tell classes better, and moved samples are reconstructed better. */
export function abilitiesHtml({ settings, rows }: OrbitStudyReport): string {
  const measured = rows.filter(({ abilities }) => abilities !== null)
  if (measured.length === 0) return '<p>None of the models that are measured for it was trained.</p>'
  const { warpScales } = orbitStudyProtocol
  const table = htmlTable(
    {
      caption:
        'Share of test samples whose class a linear (ridge) classifier of the codes finds, and share of those whose nearest training code is of their class; reconstruction error × 100 of the test part moved by small warps (of time, for images affine ones) at two scales, and its change against AE. Means over runs.',
      head: ['', 'linear probe', '1-NN', ...warpScales.flatMap((s) => [`warped, s ${s}`, 'to AE'])],
      groups: settings.sets.map((set) => ({
        title: set,
        rows: measured.flatMap((row): HtmlRow[] => {
          if (row.set !== set) return []
          const { linearAccuracy, nearestAccuracy, warped } = row.abilities!
          return [
            {
              cells: [
                nameCell(row.model, row.chosen),
                percent(linearAccuracy),
                percent(nearestAccuracy),
                ...warped.flatMap(({ error, relative }) => [
                  errorText(error),
                  relative === null || row.model === 'ae' ? '' : signedPercent(relative),
                ]),
              ],
            },
          ]
        }),
      })),
    },
    'What the models do beside reconstructing',
  )
  return `<p>The warps are drawn anew, but they belong to the family that orbit and tangent were trained with: that their errors fall shows that training did what it says, not that the model has learned more than that. Classes were seen by no training.</p>${table}`
}
