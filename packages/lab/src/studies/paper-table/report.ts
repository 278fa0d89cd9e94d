import type { GridReport } from '../../study/grid-report.ts'
import type { PaperBaselines, PaperOutcome } from './outcome.ts'
import type { ReproduceSettings } from './settings.ts'

/** All that the table and the page are made of. */
export type PaperReport = GridReport<ReproduceSettings, PaperOutcome, PaperBaselines>

/** The baselines of a set, which are the same for all its runs; `undefined` where they failed. */
export const baselinesOf = ({ baselines }: PaperReport, set: string): PaperBaselines | undefined =>
  baselines.get(set)?.[0]
