import type { Panel } from '../../../report/figure.ts'
import type { Html } from '../../../report/html.ts'
import type { OrbitName } from '../cases.ts'
import type { OrbitGapReport } from '../report.ts'
import { alongOrbit } from './along-orbit.ts'
import { learnedCurve, learnedCurveFromThirdAxis } from './learned-curve.ts'
import { learnedSurface } from './learned-surface.ts'
import { overParameters } from './over-parameters.ts'
import type { PictureKind } from './picture-kind.ts'
import { ratioDots } from './ratio-dots.ts'

/** What is drawn of each case. */
const pictures: Readonly<Record<OrbitName, readonly PictureKind[]>> = {
  rotation: [learnedCurve, alongOrbit, ratioDots],
  shift: [learnedCurve, learnedCurveFromThirdAxis, alongOrbit, ratioDots],
  torus: [learnedSurface, overParameters, ratioDots],
}

export interface DrawnPicture extends Pick<PictureKind, 'title' | 'caption' | 'ofDistances'> {
  /** Of the panels, without its ending. */
  readonly file: string
  /** None of a case of which no model is shown. */
  readonly panels: readonly Panel[]
  readonly chart: Html | null
}

export function drawnPictures(name: OrbitName, { runs, rows }: OrbitGapReport): DrawnPicture[] {
  const models = runs.flatMap(({ task: { orbit, generators }, outcome }) =>
    orbit === name && outcome?.picture
      ? [{ generators, gapDistance: outcome.gapDistance, picture: outcome.picture }]
      : [],
  )
  const ofCase = rows.filter((row) => row.case.orbit === name)
  return pictures[name].map(({ title, caption, ofDistances, suffix = '', ...kind }) => ({
    title,
    caption,
    ofDistances,
    file: name + suffix,
    panels: kind.panels?.(models) ?? [],
    chart: kind.chart?.(models, ofCase) ?? null,
  }))
}
