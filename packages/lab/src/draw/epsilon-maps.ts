import { colourScale, heatMap } from '../report/heat-map.ts'
import { drawnOf } from './drawn-of.ts'
import { type Provenance, sheetOf, type Titled } from './sheet.ts'

/** |ε| of single pairs: a row for each pair, a column for each generator. */
export interface NamedEpsilons {
  readonly name: string
  readonly magnitude: readonly (readonly number[])[]
  /** |ε_k| ‖G_k‖_F */
  readonly timesNorm: readonly (readonly number[])[]
}

/** What {@link drawEpsilons} shows. */
export interface EpsilonPicture {
  readonly epsilons: readonly NamedEpsilons[]
  readonly caption: string
  readonly provenance: Provenance
}

const kinds = [
  ['|ε|', ({ magnitude }: NamedEpsilons) => magnitude],
  ['|ε| · ‖G‖', ({ timesNorm }: NamedEpsilons) => timesNorm],
] as const

/**
 * Heat maps of the group coordinates of pairs (Fig. 5) as one SVG: |ε| and, since |ε| says nothing without the size of its generator, |ε| ‖G‖
 * beside it. @throws Error where there is no pair
 */
export function drawEpsilons({ epsilons, caption, provenance }: EpsilonPicture): string {
  const rows = epsilons.map((epsilon) =>
    kinds.map(([title, of]): Titled => {
      const values = of(epsilon)
      if (values.length === 0)
        throw new Error(`${epsilon.name}: expected a pair with a neighbouring region, got none`)
      const largest = values.flat().reduce((a, b) => Math.max(a, b), 0)
      const ariaLabel = `${epsilon.name}: ${title} of ${values.length} pairs (rows) by generator (columns), from 0 to ${largest.toPrecision(3)}`
      const map = drawnOf(heatMap({ ariaLabel, values, largest, x: 'generator k', y: 'pair' }))
      const scale = drawnOf(
        colourScale({ ariaLabel: `Colours from 0 to ${largest.toPrecision(3)}`, largest }),
      )
      const below = `<g transform="translate(0,${map.height})">${scale.svg}</g>`
      return {
        svg: map.svg + below,
        width: map.width,
        height: map.height + scale.height,
        title: `${epsilon.name}: ${title}`,
      }
    }),
  )
  return sheetOf({ rows, caption, provenance })
}
