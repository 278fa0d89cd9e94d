import { inks, type Scheme } from '../draw/inks.ts'
import type { SampleGroup } from '../draw/sample-groups.ts'
import type { SurfacePicture } from '../work/messages.ts'
import type { Sight } from './surface-sight.ts'

/** How a surface is painted. */
export interface SurfaceLook {
  readonly sight: Sight
  readonly scheme: Scheme
  /** Device pixels of a CSS pixel. */
  readonly ratio: number
  readonly groups: readonly SampleGroup[]
}

/** Paints surfaces on a canvas of its own. */
export interface SurfacePainter {
  /** What is kept of a picture is kept until another one comes. */
  paint(picture: SurfacePicture, look: SurfaceLook): void
  /** Gives its memory back; it paints no more. */
  release(): void
}

/** Fills of a flat surface let others through: where it is folded it is darker. */
export const FOLDED = 0.75

/** Pixels of a curve's colours, and of the line in the middle of them. */
export const CURVE = { band: 9, line: 1.5 } as const

/** Pixels between creases from which on they are drawn in full; nearer ones would cover the fills. */
const FREE = 40
const STRONGEST = 0.7
const FAINTEST = 0.16

/** Creases fade as pieces get small. */
export function creaseLook(
  { starts }: SurfacePicture,
  { width, height }: Pick<Sight, 'width' | 'height'>,
  scheme: Scheme,
): { readonly colour: readonly [number, number, number]; readonly opacity: number } {
  const apart = Math.sqrt((width * height) / Math.max(1, starts.length - 1))
  const opacity = Math.max(FAINTEST, STRONGEST * Math.min(1, apart / FREE))
  return { colour: inks[scheme].wall, opacity }
}
