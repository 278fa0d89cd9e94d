import { codeBlock } from '../../report/code.ts'
import { type Html, html } from '../../report/html.ts'
import { renderPage } from '../../report/page.ts'
import { settingsTable } from '../../report/settings-table.ts'
import { counted } from '../../text/number.ts'
import type { StudyRun } from './choice.ts'
import { describeStudy } from './describe-study.ts'
import { studyModels } from './models.ts'
import { curvesHtml } from './page-curves.ts'
import { downloadsOf, experimentText } from './page-downloads.ts'
import { leadHtml } from './page-lead.ts'
import { covarianceHtml, picturesHtml } from './page-pictures.ts'
import { abilitiesHtml, tableHtml } from './page-table.ts'
import type { OrbitStudyReport } from './report.ts'

function settingsHtml(report: OrbitStudyReport): Html {
  const lines = [
    ...describeStudy(report),
    ...report.settings.models.map((model) => [studyModels[model].title, studyModels[model].what] as const),
  ]
  const table = settingsTable(
    lines,
    'Everything that the numbers depend on, and what each model is trained to do.',
  )
  return html`${table}
<p>The same settings give the same numbers, bit for bit on the same machine, whatever the number of threads: <code>npx pnpm facet run experiment.yaml</code> with the document below, which is among the files of this page.</p>
${codeBlock(experimentText(report))}`
}

/**
 * The report of `facet reproduce --study orbit` as one self-contained HTML document.
 *
 * @param runs every training, chosen or not: curves are drawn from them.
 */
export const renderStudyHtml = (report: OrbitStudyReport, runs: readonly StudyRun[]): string => {
  const { settings } = report
  return renderPage({
    title: 'Reconstructing along orbits',
    kicker: `facet reproduce --study orbit · ${counted(settings.sets.length, 'set')} · ${settings.net} net · ${counted(settings.runs, 'paired run')} · seed ${settings.seed}`,
    lead: leadHtml(report),
    sections: [
      { id: 'table', title: 'Test errors beside the controls’', html: tableHtml(report) },
      { id: 'curves', title: 'The choice of s, λ and σ', html: curvesHtml(report, runs) },
      { id: 'abilities', title: 'Does it do more than reconstruct?', html: abilitiesHtml(report) },
      { id: 'pictures', title: 'Orbits and reconstructions', html: picturesHtml(report, runs) },
      { id: 'covariance', title: 'How far along which generators', html: covarianceHtml(report) },
      { id: 'settings', title: 'Settings and seeds', html: settingsHtml(report) },
    ],
    downloads: downloadsOf(report, runs),
  })
}
