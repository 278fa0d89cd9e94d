import { modelShades, models } from '../../objectives.ts'
import { failureList } from '../../report/failures.ts'
import { type Html, html } from '../../report/html.ts'
import type { Page } from '../../report/page.ts'
import { htmlTableOf } from '../../report/table.ts'
import { candidateSection } from '../../study/sections/candidates.ts'
import { settingsSection } from '../../study/sections/settings.ts'
import { counted } from '../../text/number.ts'
import { changesFigure } from './changes-chart.ts'
import { downloadsOf } from './downloads.ts'
import { errorsTable } from './errors-table.ts'
import { definition } from './experiment.ts'
import { hypothesesTable } from './hypotheses-table.ts'
import { leadHtml } from './lead.ts'
import { learnedSection } from './learned-section.ts'
import { learnedTable } from './learned-table.ts'
import { notesOf } from './notes.ts'
import { covarianceSection, picturesSection } from './pictures.ts'
import { probesTable } from './probes-table.ts'
import type { BenefitReport } from './report.ts'

function probesSection(report: BenefitReport): Html {
  const table = probesTable(report)
  return table === null
    ? html`<p>None of the models that are measured for it was trained.</p>`
    : html`<p>The warps are drawn anew, but they belong to the family that orbit and tangent were trained with: that their errors fall shows that training did what it says, not that the model has learned more than that. Classes were seen by no training.</p>${htmlTableOf(table)}`
}

/** The report of `facet reproduce --study orbit-benefit`. */
export function benefitPage(report: BenefitReport, document: string): Page {
  const { settings, failures } = report
  const hypotheses = hypothesesTable(report)
  const learned = learnedTable(report)
  return {
    title: 'Reconstructing along orbits',
    kicker: `facet ${definition.command} · ${counted(settings.sets.length, 'set')} · ${settings.net} net · ${counted(settings.runs, 'paired run')} · seed ${settings.seed}`,
    lead: leadHtml(report),
    sections: [
      {
        id: 'table',
        title: 'Test errors beside the controls’',
        html: html`${htmlTableOf(errorsTable(report))}${changesFigure(report)}${failureList(failures)}`,
      },
      {
        id: 'curves',
        title: 'The choice of s, λ and σ',
        html: candidateSection(report, {
          fewest: 1,
          intro: ' Each model has as many values to choose from as orbit, unless asked otherwise.',
          none: () => 'No model of this run has a hyper-parameter.',
        }),
      },
      { id: 'probes', title: 'Does it do more than reconstruct?', html: probesSection(report) },
      ...(hypotheses === null
        ? []
        : [
            {
              id: 'hypotheses',
              title: 'Learned generators: what was asked, and what came out',
              html: htmlTableOf(hypotheses),
            },
          ]),
      ...(learned === null
        ? []
        : [{ id: 'learned', title: 'What was learned', html: learnedSection(report, learned) }]),
      { id: 'pictures', title: 'Orbits and reconstructions', html: picturesSection(report) },
      { id: 'covariance', title: 'How far along which generators', html: covarianceSection(report) },
      {
        id: 'settings',
        title: 'Settings and seeds',
        html: settingsSection({
          definition,
          settings,
          lines: [
            ...notesOf(report),
            ...settings.models.map((model) => [models[model].title, models[model].what] as const),
          ],
          caption: 'Everything that the numbers depend on, and what each model is trained to do.',
          runs: report.runs,
          document,
        }),
      },
    ],
    downloads: downloadsOf(report, document),
    colours: modelShades,
  }
}
