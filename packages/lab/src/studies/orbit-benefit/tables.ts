import { type Column, nameHtml } from '../../report/column.ts'
import { failureList } from '../../report/failures.ts'
import { type Html, html } from '../../report/html.ts'
import { htmlTableOf } from '../../report/table.ts'
import { errorsText, errorText, percent, pText, signedPercent } from '../../text/number.ts'
import { studyColours } from './colours.ts'
import { type StudyModelName, studyModels, valueText } from './models.ts'
import { explainedFraction, type OrbitStudyReport, studyYardsticks } from './report.ts'
import { orbitStudyProtocol } from './settings.ts'
import type { StudyRow } from './summarise.ts'

const nameOf = (model: StudyModelName, chosen: number | null): Html =>
  nameHtml(studyModels[model].title, { colour: studyColours[model], beside: valueText(model, chosen) })

/** A model or a yardstick on a set. */
interface Row {
  readonly name: Html
  readonly errors: readonly number[]
  readonly comparison: StudyRow['comparison']
  readonly isYardstick: boolean
}

type Comparison = NonNullable<StudyRow['comparison']>

const compared =
  (text: (comparison: Comparison) => string) =>
  ({ comparison }: Row): string =>
    comparison === null ? '' : text(comparison)

const columns: readonly Column<Row>[] = [
  { head: '', text: null, html: ({ name }) => name },
  { head: 'error', className: 'breaks', text: ({ errors }) => errorsText(errors) },
  { head: 'to AE', text: compared(({ relative }) => signedPercent(relative)) },
  { head: 'wins', text: compared(({ wins, runs }) => `${wins}/${runs}`) },
  { head: 'p (t)', text: compared(({ pairedT }) => pText(pairedT)) },
  { head: 'p (flip)', text: compared(({ signFlip }) => pText(signFlip)) },
]

const modelRow = ({ model, chosen, testErrors, comparison }: StudyRow): Row => ({
  name: nameOf(model, chosen),
  errors: testErrors,
  comparison,
  isYardstick: false,
})

const yardstickRows = (report: OrbitStudyReport, set: string): Row[] =>
  studyYardsticks(report, set).map(({ name, errors }) => ({
    name: html`${name}`,
    errors,
    comparison: null,
    isYardstick: true,
  }))

function setNote(report: OrbitStudyReport, set: string): string {
  const { train, validation, test, length } = report.sizes[set]
  const explained = explainedFraction(report, set)
  const generators = explained === null ? '' : `; generators explain ${percent(explained)}`
  return `${train} to train, ${validation} held out, ${test} to test, ${length} values each${generators}`
}

/** Test errors of every model and yardstick, and how they compare with AE's. */
export function tableHtml(report: OrbitStudyReport): Html {
  const { settings, rows, failures } = report
  const spread =
    settings.runs === 1 ? 'one run' : `mean ± sample standard deviation over ${settings.runs} runs`
  const table = htmlTableOf<Row>({
    caption: html`Test reconstruction error × 100, ${spread}. “To AE”, wins and p compare runs of the same number, which have the same held-out part, first weights and order of batches: paired t test and exact sign-flip permutation test, two-sided. Beside each name its value of s, λ, σ, … that the validation parts chose.`,
    label: 'Test errors of all models and sets',
    columns,
    back: ({ isYardstick }) => isYardstick,
    groups: settings.sets.map((set) => ({
      title: set,
      note: setNote(report, set),
      rows: [...rows.filter((row) => row.set === set).map(modelRow), ...yardstickRows(report, set)],
    })),
  })
  return html`${table}${failureList(failures)}`
}

type MeasuredRow = StudyRow & { readonly abilities: NonNullable<StudyRow['abilities']> }

const abilityColumns: readonly Column<MeasuredRow>[] = [
  { head: '', text: null, html: ({ model, chosen }) => nameOf(model, chosen) },
  { head: 'linear probe', text: ({ abilities }) => percent(abilities.linearAccuracy) },
  { head: '1-NN', text: ({ abilities }) => percent(abilities.nearestAccuracy) },
  ...orbitStudyProtocol.warpScales.flatMap((s, i): Column<MeasuredRow>[] => [
    { head: `warped, s ${s}`, text: ({ abilities }) => errorText(abilities.warped[i].error) },
    {
      head: 'to AE',
      text: ({ model, abilities }) => {
        const { relative } = abilities.warped[i]
        return relative === null || model === 'ae' ? '' : signedPercent(relative)
      },
    },
  ]),
]

/** Whether codes tell classes better, and moved samples are reconstructed better. */
export function abilitiesHtml({ settings, rows }: OrbitStudyReport): Html {
  const measured = rows.filter((row): row is MeasuredRow => row.abilities !== null)
  if (measured.length === 0) return html`<p>None of the models that are measured for it was trained.</p>`
  const table = htmlTableOf<MeasuredRow>({
    caption: html`Share of test samples whose class a linear (ridge) classifier of the codes finds, and share of those whose nearest training code is of their class; reconstruction error × 100 of the test part moved by small warps (of time, for images affine ones) at two scales, and its change against AE. Means over runs.`,
    label: 'What the models do beside reconstructing',
    columns: abilityColumns,
    groups: settings.sets.map((set) => ({ title: set, rows: measured.filter((row) => row.set === set) })),
  })
  return html`<p>The warps are drawn anew, but they belong to the family that orbit and tangent were trained with: that their errors fall shows that training did what it says, not that the model has learned more than that. Classes were seen by no training.</p>${table}`
}
