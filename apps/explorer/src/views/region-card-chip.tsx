import { regionCss } from '../draw/region-colours.ts'
import type { CardFacts } from '../work/messages.ts'
import { useScheme } from './plane-scheme.ts'

/** The colour that a region has in the pictures. */
export const RegionChip = ({ hash }: Pick<CardFacts, 'hash'>) => (
  <span class="card-chip" style={{ backgroundColor: regionCss(hash, useScheme()) }} />
)
