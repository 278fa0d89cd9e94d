import type { Contender } from './contender.ts'
import { facetSession } from './facet.ts'

/** Our oracle: plain loops with float64 accumulation. */
export const reference: Contender = {
  name: 'reference',
  title: 'Facet reference',
  own: true,
  open: async () => facetSession({ backend: 'reference' }, 'this checkout, plain loops', 'none'),
}
