import type { ComponentType } from 'preact'
import type { Hideable } from '../state/state.ts'
import { Curves } from '../views/curves.tsx'
import { InputPlane } from '../views/input-plane.tsx'
import { LatentPlane } from '../views/latent-plane.tsx'
import { RegionCard } from '../views/region-card.tsx'
import { Surface } from '../views/surface.tsx'
import { Symmetry } from '../views/symmetry.tsx'

/** One view of the page. */
export interface ViewRow {
  /** Class and id of its section. */
  readonly name: string
  readonly title: string
  /** What its tab says where there is room for one view only. */
  readonly tab: string
  /** What hides it; the input plane is always there. */
  readonly hiddenBy: Hideable | null
  /** Where all are on one screen. */
  readonly line: 'upper' | 'lower'
  readonly View: ComponentType
}

/** The views in the order of the page. */
export const views: readonly ViewRow[] = [
  { name: 'input', line: 'upper', title: 'Input plane', tab: 'Input', hiddenBy: null, View: InputPlane },
  {
    name: 'latent',
    line: 'upper',
    title: 'Latent plane',
    tab: 'Latent',
    hiddenBy: 'latent',
    View: LatentPlane,
  },
  { name: 'card', line: 'upper', title: 'Region', tab: 'Region', hiddenBy: 'card', View: RegionCard },
  { name: 'surface', line: 'lower', title: 'Surface', tab: 'Surface', hiddenBy: 'surface', View: Surface },
  {
    name: 'symmetry',
    line: 'lower',
    title: 'Symmetry microscope',
    tab: 'Symmetry',
    hiddenBy: 'symmetry',
    View: Symmetry,
  },
  { name: 'curves', line: 'lower', title: 'Curves', tab: 'Curves', hiddenBy: 'curves', View: Curves },
]
