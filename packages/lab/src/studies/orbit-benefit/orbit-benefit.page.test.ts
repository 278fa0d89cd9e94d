import { renderPage } from '../../report/page.ts'
import { testReportPage } from '../../report/testing/report-page-tests.ts'
import { benefitPage } from './page.ts'
import { fixtureReport, learnedSettings } from './testing/fixture.ts'

testReportPage(
  'the page of orbit-benefit in a browser',
  renderPage(benefitPage(fixtureReport(), 'experiment: orbitBenefit\n')),
  import.meta.url,
  'orbit-benefit',
)

testReportPage(
  'the page of orbit-benefit with learned generators in a browser',
  renderPage(benefitPage(fixtureReport(learnedSettings), 'experiment: orbitBenefit\n')),
  import.meta.url,
  'orbit-benefit-learned',
)
