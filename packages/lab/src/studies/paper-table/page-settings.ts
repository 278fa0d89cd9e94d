import { documentText } from '../../document/write-document.ts'
import { codeBlock, folded } from '../../report/code.ts'
import { type Html, html } from '../../report/html.ts'
import { type SettingLine, settingsTable } from '../../report/settings-table.ts'
import { type Versions, versions } from '../../version.ts'
import type { FinishedRun } from './cells.ts'
import { cellCommandLine, commandLine } from './command-line.ts'
import { describeSettings } from './describe-settings.ts'
import { models } from './models.ts'
import { cellOf, type ReproduceReport } from './report.ts'

const code = (text: string): Html => codeBlock(text, { wrapped: true })

function cellCommands(report: ReproduceReport): Html {
  const { settings } = report
  const cells = settings.sets.flatMap((set) =>
    settings.models.map((model) => {
      const { chosen } = cellOf(report, set, model)
      const command = cellCommandLine(settings, set, model, chosen)
      return html`<h4>${set}, ${models[model].name}</h4>${code(command)}\n`
    }),
  )
  return folded('The command for each single cell', cells)
}

/** A run and what computed it: runs that were resumed may have had another version than the first. */
export interface VersionedRun extends FinishedRun {
  readonly versions?: Versions
}

const softwareOf = (finished: readonly VersionedRun[]): string => {
  const texts = finished.map(
    ({ versions: { facet, node, platform } = versions }) => `Facet ${facet}, Node ${node}, ${platform}`,
  )
  return [...new Set(texts)].join('; ')
}

/** The experiment as the document that `facet run` takes. */
export const experimentText = ({ settings }: ReproduceReport): string =>
  documentText({ experiment: 'reproduce', settings })

/** Everything the numbers depend on, and how each is computed again. */
export function settingsHtml(report: ReproduceReport, finished: readonly VersionedRun[]): Html {
  const { settings } = report
  const seeds =
    settings.runs === 1 ? `seed ${settings.seed}, run 1` : `seed ${settings.seed}, runs 1 to ${settings.runs}`
  const lines: SettingLine[] = [
    ...describeSettings(report),
    [
      'seeds',
      `${seeds}: the seed and the run's number alone give the held-out part, first weights, order of batches, noise and pairs, by keyed streams; all models of a run start equal`,
    ],
    ['software', `${softwareOf(finished)}; reference backend (plain loops, one thread a run)`],
  ]
  return html`${settingsTable(lines, 'Everything that the numbers depend on.')}
<h3>Computing any number again</h3>
<p>The same settings give the same numbers, bit for bit on the same machine, whatever the number of threads. All of them:</p>
${code(commandLine(settings))}
<p>Or <code>npx pnpm facet run experiment.yaml</code> with the document among the files of this page. A number depends on nothing but its set, model, λ or σ and run, so one cell of the table can be computed alone.</p>
${cellCommands(report)}
${folded('experiment.yaml', codeBlock(experimentText(report)))}`
}
