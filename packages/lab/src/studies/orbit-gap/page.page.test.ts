import { renderPage } from '../../report/page.ts'
import { testReportPage } from '../../report/testing/report-page-tests.ts'
import { orbitGapDefaults } from './experiment.ts'
import { orbitGapPage } from './page.ts'
import { fixtureReport } from './testing/fixture-runs.ts'

testReportPage(
  'the page of facet orbit in a browser',
  renderPage(orbitGapPage(fixtureReport({ ...orbitGapDefaults, seeds: 6 }), 'experiment: orbitGap')),
  import.meta.url,
  'orbit',
)
