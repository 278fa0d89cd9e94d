import { models, valueText } from '../../objectives.ts'
import { jsonFile } from '../../report/downloads.ts'
import { type Html, html } from '../../report/html.ts'
import { dataLink } from '../../report/page.ts'
import { softwareText } from '../../study/software.ts'
import { counted, listed } from '../../text/number.ts'
import { type FigureName, figureFileName, figureOf } from './figures.ts'
import type { PaperReport } from './report.ts'

/** What a figure was drawn from, for its caption: configuration, seeds and build, and the file that `facet replay` takes. */
export function figureNote(report: PaperReport, name: FigureName, set: string): Html | null {
  const file = figureOf(report, name, set)
  if (file === null) return null
  const { epochs, hidden, bottleneck } = report.settings
  const drawn = [...new Map(file.runs.map(({ task }) => [task.model, task.value]))]
  const names = drawn.map(([model, value]) =>
    value === null ? models[model].title : `${models[model].title} ${valueText(model, value)}`,
  )
  const { seed, runs } = file.seeds
  const ofRuns = runs.length === 1 ? 'run 1' : `runs 1 to ${runs.length}`
  return html`<small>${listed(names)}; w ${hidden}, h ${bottleneck}, ${counted(epochs, 'epoch')}; seed ${seed}, ${ofRuns}; ${softwareText(file.versions.map((versions) => ({ versions })))}. ${dataLink(jsonFile(figureFileName(name, set), file))} for <code>facet replay</code>.</small>`
}
