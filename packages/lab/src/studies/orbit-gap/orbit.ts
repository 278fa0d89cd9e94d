import { startEngine } from '../../engine.ts'
import { carryOut } from '../../study/carry-out.ts'
import {
  type Concluded,
  type Conclusion,
  type ExperimentKind,
  type ExperimentOptions,
  failuresOf,
} from '../../study/study.ts'
import { calibrateOrbit } from './calibrate.ts'
import { type GeneratorChoice, type OrbitName, orbitCases } from './cases.ts'
import { fromOrbitLines, orbitLines } from './lines.ts'
import { orbitPictures } from './orbit-pictures.ts'
import { renderOrbitHtml } from './page.ts'
import { planOrbit } from './plan.ts'
import { type OrbitReport, renderOrbitMarkdown, renderOrbitText } from './render.ts'
import type { OrbitOutcome } from './run.ts'
import type { OrbitGapSettings } from './settings.ts'
import { summarise } from './summarise.ts'

function conclude(settings: OrbitGapSettings, ended: readonly Concluded<'orbit'>[]): Conclusion<OrbitReport> {
  const jobs = planOrbit(settings)
  const outcomes = jobs.map(({ task }, i) => ({ task, outcome: ended[i].outcome }))
  const outcomesOf = (name: OrbitName, generators: GeneratorChoice): (OrbitOutcome | undefined)[] =>
    outcomes
      .filter(({ task }) => task.orbit === name && task.generators === generators)
      .map(({ outcome }) => outcome)
  const rows = orbitCases
    .filter((row) => settings.cases.includes(row.orbit))
    .map((row) => summarise(row, outcomesOf(row.orbit, row.generators), outcomesOf(row.orbit, 'none')))
  const failures = failuresOf(jobs, ended)
  const report: OrbitReport = { settings, rows, failures }
  return {
    report,
    failures,
    lines: orbitLines(
      jobs.map(({ task }) => task),
      ended,
      rows,
    ),
    markdown: () => renderOrbitMarkdown(report),
    html: () => renderOrbitHtml(report, outcomes),
    pictures: () => orbitPictures(report, outcomes),
    text: (columns, colours) => renderOrbitText(report, columns, colours),
  }
}

/** `facet orbit`: every case with every seed. */
export const orbitKind: ExperimentKind<OrbitGapSettings, 'orbit', OrbitReport> = {
  async prepare(settings) {
    await startEngine()
    return {
      experiment: { experiment: 'orbitGap', settings },
      jobs: planOrbit(settings),
      inputs: {},
      note: ({ gapDistance }) => `gap distance ${gapDistance.toFixed(4)}`,
      calibrate: () => calibrateOrbit(settings.cases[0]),
      conclude: (ended) => conclude(settings, ended),
    }
  },
  restore: (settings, lines) => conclude(settings, fromOrbitLines(lines)),
}

/**
 * The orbit-with-a-gap experiment (docs/mathematics.md 7.2): how near the decoder's surface passes to points that
 * training never saw, with and without the first-order regularizer. Writes `results.jsonl`, `table.md`,
 * `report.html` and the pictures of seed 0 as SVG.
 *
 * @throws UsageError for a folder that cannot be used; Interrupted after the signal.
 */
export const orbit = async (settings: OrbitGapSettings, options: ExperimentOptions): Promise<OrbitReport> =>
  (await carryOut(orbitKind, settings, options)).report
