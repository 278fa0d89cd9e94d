import { commandLine } from '../../fields/command-line.ts'
import { modelShades, models } from '../../objectives.ts'
import { codeBlock, folded } from '../../report/code.ts'
import { failureList } from '../../report/failures.ts'
import { figure, panels } from '../../report/figure.ts'
import { type Html, html } from '../../report/html.ts'
import { legend } from '../../report/legend.ts'
import type { Page } from '../../report/page.ts'
import { htmlTableOf } from '../../report/table.ts'
import { cellOf } from '../../study/grid-report.ts'
import { candidateSection } from '../../study/sections/candidates.ts'
import { reconstructionSection } from '../../study/sections/reconstructions.ts'
import { settingsSection } from '../../study/sections/settings.ts'
import { counted, listed } from '../../text/number.ts'
import { diagnosticsSection } from './diagnostics-section.ts'
import { downloadsOf } from './downloads.ts'
import { epochsSection } from './epochs-section.ts'
import { epsilonSection } from './epsilon-section.ts'
import { errorsChart } from './errors-chart.ts'
import { errorsTable } from './errors-table.ts'
import { definition } from './experiment.ts'
import { leadHtml } from './lead.ts'
import { notesOf } from './notes.ts'
import { overviewTable } from './overview-table.ts'
import { baselinesOf, type PaperReport } from './report.ts'
import { testsSection } from './tests-section.ts'

const words = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten']

/** Titles with at most so many sets name them. */
const namedSets = 4

function titleOf({ settings: { models: trained, sets } }: PaperReport): string {
  const on = sets.length <= namedSets ? listed(sets) : counted(sets.length, 'data set')
  const { length } = trained
  return `${words[length] ?? length} autoencoder${length === 1 ? '' : 's'} on ${on}`
}

/** The table of the paper with ours beside it, and the same drawn. */
function tableSection(report: PaperReport): Html {
  const { settings, failures } = report
  const isOverview = settings.sets.length > namedSets
  const signs = legend([
    {
      sign: { shape: 'line', width: 2, radius: 4.5 },
      text: settings.runs === 1 ? 'here' : 'here, mean ± std',
    },
    { sign: { shape: 'diamond' }, text: 'paper' },
    { sign: { shape: 'rule', dash: '4 3' }, text: 'PCA-10' },
    { sign: { shape: 'rule', dash: '1 3' }, text: 'mean predictor' },
  ])
  const charts = panels(
    settings.sets.map((set) => ({ title: set, svg: errorsChart(report, set) })),
    isOverview ? 3 : 2,
    16,
  )
  const drawn = figure([signs, charts], 'The same test errors drawn, × 100. Each set has a scale of its own.')
  const whole = htmlTableOf(errorsTable(report))
  if (isOverview) {
    const all = 'The same with all baselines, set sizes and the runs against AE'
    return html`${htmlTableOf(overviewTable(report))}<p></p>${folded(all, whole)}${failureList(failures)}${drawn}`
  }
  return html`<div class="beside"><div>${whole}${failureList(failures)}</div><div>${drawn}</div></div>`
}

const candidates = (report: PaperReport): Html =>
  candidateSection(report, {
    fewest: 2,
    intro: null,
    none(fixed) {
      const at =
        fixed.length === 0
          ? 'no model of this run has one'
          : `each model was trained at one value: ${fixed.join(', ')}`
      return html`No grid was searched; ${at}. The paper chose from σ ∈ {0.001, 0.01, 0.1, 1} and λ ∈ {0.001, 0.01, 0.1, 1, 10, 100, 1000} for every set. Several values for <code>--weight</code>, <code>--sigma</code> or <code>--candidates</code> draw the curves here.`
    },
  })

const reconstructions = (report: PaperReport): Html =>
  reconstructionSection(report, {
    originals: (set) => baselinesOf(report, set),
    of: (set, model) => cellOf(report, set, model)?.outcomes[0]?.showcase?.reconstructions,
  })

/** A cell's numbers do not depend on what else is run. */
function singleCells({ settings, cells }: PaperReport): Html {
  const single = cells.map(({ set, model, chosen }) => {
    const command = commandLine(definition, {
      ...settings,
      sets: [set],
      models: [model],
      candidates: Object.hasOwn(settings.candidates, model)
        ? { [model]: chosen === null ? settings.candidates[model] : [chosen] }
        : {},
    })
    return html`<h4>${set}, ${models[model].name}</h4>${codeBlock(command, { wrapped: true })}\n`
  })
  return html`<p>A number depends on nothing but its set, model, λ or σ and run, so one cell of the table can be computed alone.</p>
${folded('The command for each single cell', single)}`
}

const settings = (report: PaperReport, document: string): Html => {
  const { runs, seed } = report.settings
  const seeds = runs === 1 ? `seed ${seed}, run 1` : `seed ${seed}, runs 1 to ${runs}`
  return settingsSection({
    definition,
    settings: report.settings,
    lines: [
      ...notesOf(report),
      [
        'seeds',
        `${seeds}: the seed and the run's number alone give the held-out part, first weights, order of batches, noise and pairs, by keyed streams; all models of a run start equal`,
      ],
    ],
    caption: 'Everything that the numbers depend on.',
    runs: report.runs,
    document,
    single: singleCells(report),
  })
}

/** The report of `facet reproduce` as a page. */
export function paperPage(report: PaperReport, document: string): Page {
  const { runs, epochs, seed } = report.settings
  return {
    title: titleOf(report),
    kicker: `facet ${definition.command} · ${counted(runs, 'run')} of ${counted(epochs, 'epoch')} each · seed ${seed}`,
    lead: leadHtml(report),
    sections: [
      { id: 'table', title: 'Test errors beside the paper’s', html: tableSection(report) },
      { id: 'tests', title: 'Chance, and a ranking', html: testsSection(report) },
      { id: 'epochs', title: 'Test error per epoch', html: epochsSection(report) },
      { id: 'candidates', title: 'The choice of λ and σ', html: candidates(report) },
      { id: 'epsilon', title: 'Group coordinates ε', html: epsilonSection(report) },
      { id: 'diagnostics', title: 'Diagnostics', html: diagnosticsSection(report) },
      { id: 'reconstructions', title: 'Reconstructions', html: reconstructions(report) },
      { id: 'settings', title: 'Settings and seeds', html: settings(report, document) },
    ],
    downloads: downloadsOf(report, document),
    colours: modelShades,
    footer: html`The paper: Cosentino, Balestriero, Baraniuk &amp; Aazhang, <cite>Deep Autoencoders: From Understanding to Generalization Guarantees</cite>, MSML 2021, arXiv 2009.09525.`,
  }
}
