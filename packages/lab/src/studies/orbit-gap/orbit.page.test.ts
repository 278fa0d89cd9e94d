import { testReportPage } from '../../report/testing/report-page-tests.ts'
import { renderOrbitHtml } from './page.ts'
import { orbitGapDefaults } from './schema.ts'
import { madeUpRuns } from './testing/made-up-runs.ts'

const { report, runs } = madeUpRuns({ ...orbitGapDefaults, seeds: 6 })

testReportPage(
  'the page of facet orbit in a browser',
  renderOrbitHtml(report, runs),
  import.meta.url,
  'orbit',
)
