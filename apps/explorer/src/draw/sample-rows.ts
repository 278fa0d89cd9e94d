import type { RegionsPicture } from '../work/messages.ts'
import { depthIn } from './find-region.ts'

/** Samples of a picture whose dots lie in one of some polygons. */
export function samplesIn(
  picture: Pick<RegionsPicture, 'corners' | 'starts' | 'samples'>,
  polygons: readonly number[],
): number[] {
  const { samples } = picture
  const rows: number[] = []
  for (let row = 0; 2 * row < samples.length; row++) {
    const [s, t] = [samples[2 * row], samples[2 * row + 1]]
    if (polygons.some((polygon) => depthIn(picture, polygon, s, t, 0) >= 0)) rows.push(row)
  }
  return rows
}
