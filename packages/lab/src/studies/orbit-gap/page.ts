import { renderPage } from '../../report/page.ts'
import { counted } from '../../text/number.ts'
import { caseSection } from './page-case.ts'
import { downloadsOf, type OrbitRun } from './page-downloads.ts'
import { leadHtml } from './page-lead.ts'
import { settingsHtml } from './page-settings.ts'
import { tableHtml } from './page-table.ts'
import { distanceColoursCss } from './pictures/distance-colours.ts'
import type { OrbitReport } from './render.ts'
import { modelsOf } from './shown-models.ts'

/** The report of the experiment as one self-contained page. `runs` are those of the report, in the order of its plan. */
export const renderOrbitHtml = (report: OrbitReport, runs: readonly OrbitRun[]): string =>
  renderPage({
    title: 'An orbit with a gap',
    kicker: `facet orbit · ${report.settings.cases.join(', ')} · ${counted(report.settings.seeds, 'seed')}`,
    lead: leadHtml(report),
    sections: [
      { id: 'table', title: 'All cases', html: tableHtml(report) },
      ...report.settings.cases.map((name) =>
        caseSection(
          name,
          modelsOf(name, runs),
          report.rows.filter((row) => row.case.orbit === name),
        ),
      ),
      { id: 'settings', title: 'Settings and seeds', html: settingsHtml(report) },
    ],
    downloads: downloadsOf(report, runs),
    css: distanceColoursCss,
  })
