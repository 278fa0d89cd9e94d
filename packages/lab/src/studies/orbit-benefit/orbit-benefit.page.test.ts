import { testReportPage } from '../../report/testing/report-page-tests.ts'
import { madeUpStudy } from './testing/made-up-study.ts'

testReportPage(
  'the page of the orbit study in a browser',
  madeUpStudy().html(),
  import.meta.url,
  'orbit-study',
)
