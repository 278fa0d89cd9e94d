import type { SurfacePicture } from '../work/messages.ts'
import { counted, listed } from './number-text.ts'
import type { Turn } from './surface-sight.ts'

type Shown = Pick<SurfacePicture, 'dimension' | 'starts' | 'creases' | 'isFlat' | 'axes' | 'samples'>

/** What a surface is, in a line: `1,234 flat pieces`. */
export const lineOf = ({ dimension, starts }: Shown): string =>
  counted(starts.length - 1, dimension === 1 ? 'straight piece' : 'flat piece')

/** What is seen, for whoever does not see it. */
export function wordsOf(surface: Shown | null, { azimuth, elevation }: Turn): string {
  if (surface === null) return 'There is no surface yet.'
  const { dimension, isFlat, axes, samples, starts, creases } = surface
  const pieces = starts.length - 1
  const what =
    dimension === 1
      ? `a curve of ${counted(pieces, 'straight piece')}`
      : `a surface of ${counted(pieces, 'flat piece')} that meet in ${counted(creases.length / 6, 'crease')}`
  const named = listed(isFlat ? axes.slice(0, 2) : axes)
  const from = isFlat
    ? ''
    : `, seen from azimuth ${Math.round(azimuth)}° and elevation ${Math.round(elevation)}°`
  return `The decoder's image over the latent window: ${what}, along ${named}${from}, with ${counted(samples.length / 3, 'training sample')} as dots.`
}
