import type { Scheme } from '../draw/inks.ts'
import type { Curve } from '../session/curve.ts'
import type { Status } from '../session/session.ts'
import type { State } from '../state/state.ts'
import type { RegionCounts } from '../views/curves-regions.ts'
import type { FrameFacts } from '../work/messages.ts'

/** All that a page shows at a moment, to be written into files. */
export interface PageShown {
  readonly state: State
  readonly status: Status
  /** `null` before the first picture. */
  readonly frame: FrameFacts | null
  readonly curve: Curve
  readonly counts: RegionCounts
  readonly scheme: Scheme
  /** The page's address without its fragment. */
  readonly page: string
  /** Of the weights, where they are known. */
  readonly checksum: string | null
}
