import type { Shading } from '../state/state.ts'
import type { RegionsPicture } from '../work/messages.ts'
import { showsErrors } from './fills.ts'
import { inks, type Scheme } from './inks.ts'
import type { Place } from './place.ts'

/** How walls are drawn. */
export interface WallLook {
  readonly colour: readonly [red: number, green: number, blue: number]
  /** 0 to 1. */
  readonly opacity: number
  /** CSS pixels. */
  readonly width: number
}

/** Pixels between walls from which on they are drawn in full; nearer ones would cover the fills. */
const FREE = 40
const STRONGEST = 0.6
const FAINTEST = 0.12

/** Walls fade as regions get small. */
export function wallLook(
  picture: RegionsPicture,
  { unitS, unitT }: Place,
  shading: Shading,
  scheme: Scheme,
): WallLook {
  const { s, t } = picture.frame
  const area = unitS * (s[1] - s[0]) * unitT * (t[1] - t[0])
  const apart = Math.sqrt(area / Math.max(1, picture.regions))
  const opacity = Math.max(FAINTEST, STRONGEST * Math.min(1, apart / FREE))
  const { wall, wallOnScale } = inks[scheme]
  return { colour: showsErrors(picture, shading) ? wallOnScale : wall, opacity, width: 1 }
}
