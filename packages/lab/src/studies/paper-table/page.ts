import { html } from '../../report/html.ts'
import { renderPage, type Section } from '../../report/page.ts'
import { counted, listed } from '../../text/number.ts'
import { candidatesHtml } from './page-candidates.ts'
import { diagnosticsHtml } from './page-diagnostics.ts'
import { downloadsOf } from './page-downloads.ts'
import { epochsHtml } from './page-epochs.ts'
import { epsilonHtml } from './page-epsilon.ts'
import { leadHtml } from './page-lead.ts'
import { reconstructionsHtml } from './page-reconstructions.ts'
import { settingsHtml, type VersionedRun } from './page-settings.ts'
import { tableHtml } from './page-table.ts'
import type { ReproduceReport } from './report.ts'

const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight']

/** Titles with at most so many sets name them. */
const namedSets = 4

function titleOf({ settings: { models, sets } }: ReproduceReport): string {
  const on = sets.length <= namedSets ? listed(sets) : counted(sets.length, 'data set')
  return `${words[models.length]} autoencoder${models.length === 1 ? '' : 's'} on ${on}`
}

/**
 * The report of `facet reproduce` as one self-contained HTML document.
 *
 * @param finished every training, chosen or not: λ and σ curves are drawn from them.
 */
export function renderReproduceHtml(report: ReproduceReport, finished: readonly VersionedRun[]): string {
  const { runs, epochs, seed } = report.settings
  const sections: Section[] = [
    { id: 'table', title: 'Test errors beside the paper’s', html: tableHtml(report) },
    { id: 'epochs', title: 'Test error per epoch', html: epochsHtml(report) },
    { id: 'candidates', title: 'The choice of λ and σ', html: candidatesHtml(report, finished) },
    { id: 'epsilon', title: 'Group coordinates ε', html: epsilonHtml(report) },
    { id: 'diagnostics', title: 'Diagnostics', html: diagnosticsHtml(report) },
    { id: 'reconstructions', title: 'Reconstructions', html: reconstructionsHtml(report) },
    { id: 'settings', title: 'Settings and seeds', html: settingsHtml(report, finished) },
  ]
  return renderPage({
    title: titleOf(report),
    kicker: `facet reproduce · ${counted(runs, 'run')} of ${counted(epochs, 'epoch')} each · seed ${seed}`,
    lead: leadHtml(report),
    sections,
    downloads: downloadsOf(report, finished),
    footer: html`The paper: Cosentino, Balestriero, Baraniuk &amp; Aazhang, <cite>Deep Autoencoders: From Understanding to Generalization Guarantees</cite>, MSML 2021, arXiv 2009.09525.`,
  })
}
