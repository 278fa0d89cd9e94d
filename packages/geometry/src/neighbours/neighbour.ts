import type { RegionCode } from '@facet/models'
import type { Tensor } from '@facet/tensor'

/** For each of N points, a region other than its own. */
export interface Neighbour {
  /** The code of the other region; where none was found, that of the point's own. */
  readonly code: RegionCode
  /** Whether there is another region: bool [N]. */
  readonly found: Tensor
  /** Where it was met, [N, inputs]; what that means is said by each function. */
  readonly point: Tensor
}
