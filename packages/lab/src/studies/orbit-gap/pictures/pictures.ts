import type { OrbitName } from '../cases.ts'
import type { OrbitGapReport } from '../report.ts'
import { alongOrbit } from './along-orbit.ts'
import { learnedCurve, learnedCurveFromThirdAxis } from './learned-curve.ts'
import { learnedSurface } from './learned-surface.ts'
import { overParameters } from './over-parameters.ts'
import type { PictureKind } from './picture-kind.ts'
import { ratioDots } from './ratio-dots.ts'
import { sheetOf } from './sheet.ts'

/** What is drawn of each case. */
const pictures: Readonly<Record<OrbitName, readonly PictureKind[]>> = {
  rotation: [learnedCurve, alongOrbit, ratioDots],
  shift: [learnedCurve, learnedCurveFromThirdAxis, alongOrbit, ratioDots],
  torus: [learnedSurface, overParameters, ratioDots],
}

/** The pictures of a case: rows of panels, of which there are none where no model is shown, and charts. */
export function picturesOf(name: OrbitName, { runs, rows }: OrbitGapReport) {
  const models = runs.flatMap(({ task: { orbit, generators }, outcome }) =>
    orbit === name && outcome?.picture ? [{ ...outcome, generators, picture: outcome.picture }] : [],
  )
  const ofCase = rows.filter((row) => row.case.orbit === name)
  const drawn = pictures[name].map((kind) => ({
    ...kind,
    panels: kind.panels?.(models) ?? [],
    svg: kind.chart?.(models, ofCase) ?? null,
  }))
  return {
    rows: drawn.filter(({ panels }) => panels.length > 0),
    charts: drawn.flatMap(({ title, caption, svg }) => (svg === null ? [] : [{ title, caption, svg }])),
  }
}

/**
 * The pictures of the page as SVG files that stand alone, by name: `rotation.svg`, `shift.svg`, `torus.svg` and
 * `torus-hole.svg`; of a case of which seed 0 failed there is none.
 */
export const pictureFiles = (report: OrbitGapReport): Record<string, string> =>
  Object.fromEntries(
    report.settings.cases.flatMap((name) => {
      const { rows, charts } = picturesOf(name, report)
      const suffixes = [...new Set(rows.map(({ suffix = '' }) => suffix))]
      return suffixes.map((file, i) => {
        const own = rows.filter(({ suffix = '' }) => suffix === file)
        return [
          `${name}${file}.svg`,
          sheetOf(own, i === suffixes.length - 1 ? charts.map(({ svg }) => svg) : []),
        ]
      })
    }),
  )
