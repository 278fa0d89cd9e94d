import type { Panel } from '../../../report/figure.ts'
import type { Html } from '../../../report/html.ts'
import type { GeneratorChoice } from '../cases.ts'
import type { OrbitPicture } from '../picture.ts'
import type { OrbitGapRow } from '../report.ts'

/** A model of one case as pictures show it. */
export interface ShownModel {
  readonly generators: GeneratorChoice
  readonly gapDistance: number
  readonly picture: OrbitPicture
}

/** A picture that cases can have: a panel for every model, or one chart of a whole case. */
export interface PictureKind {
  readonly title: string
  /** What is what in it. */
  readonly caption: string
  /** In the order of the models. */
  panels?(models: readonly ShownModel[]): Panel[]
  /** `null` where there is nothing to draw. */
  chart?(models: readonly ShownModel[], rows: readonly OrbitGapRow[]): Html | null
  /** Whether colours of panels are those of distances. */
  readonly ofDistances?: boolean
  /** What the file of the panels is called beside its case; charts go into the last file of a case. */
  readonly suffix?: string
}
