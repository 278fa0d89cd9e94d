import type { ModelRecipe } from './recipe.ts'

/** The part of a model that its line of text says. */
export type Layers = Pick<ModelRecipe, 'encoder' | 'bottleneck' | 'decoder'>

/** What a page trains fast enough to be watched, and draws: 6 layers of 128 have some 100,000 regions. */
export const layerLimits = { hidden: 6, units: 128, bottleneck: 3 } as const

const DASH = ' – '

/**
 * Layers as a line of text, the widths of the data at both ends, the bottleneck in brackets.
 *
 * @param width of the data; `null` where it is not known yet
 * @example printLayers({ encoder: [32, 32], bottleneck: 2, decoder: [32] }, 2) // '2 – 32 – 32 – [2] – 32 – 2'
 */
export function printLayers({ encoder, bottleneck, decoder }: Layers, width: number | null): string {
  const end = width === null ? '?' : String(width)
  return [end, ...encoder, `[${bottleneck}]`, ...decoder, end].join(DASH)
}

/** Layers, or in a sentence why there are none. */
export type ParsedLayers = { readonly layers: Layers } | { readonly problem: string }

const refuse = (expected: string, got: string): ParsedLayers => ({
  problem: `expected ${expected}, got ${got}`,
})

const example = 'widths with the bottleneck in brackets, as 2 – 32 – [2] – 32 – 2'

/**
 * Reads what {@link printLayers} wrote, and what people write in its place: widths parted by dashes, arrows, commas or blanks.
 *
 * @param width of the data: the first and the last number; `null` takes any
 * @example parseLayers('2-16-[1]-16-2', 2) // { layers: { encoder: [16], bottleneck: 1, decoder: [16] } }
 */
export function parseLayers(text: string, width: number | null): ParsedLayers {
  const words = text
    .trim()
    .split(/[\s,;\-–—−→>]+/)
    .filter((word) => word !== '')
  const strange = words.find((word) => !/^(\d{1,6}|\[\d{1,6}\]|\?)$/.test(word))
  if (strange !== undefined) return refuse(example, `“${strange}”`)
  const middles = words.flatMap((word, i) => (word.startsWith('[') ? [i] : []))
  if (middles.length !== 1) {
    return refuse(example, middles.length === 0 ? 'no width in brackets' : `${middles.length} in brackets`)
  }
  const [middle] = middles
  if (middle === 0 || middle === words.length - 1) {
    return refuse(
      'the width of the data at both ends',
      `the bottleneck at ${middle === 0 ? 'the first' : 'the last'} place`,
    )
  }
  const ends = [words[0], words[words.length - 1]].filter((word) => word !== '?')
  const other = ends.find((word) => width !== null && Number(word) !== width)
  if (other !== undefined) return refuse(`${width} at both ends, the numbers of a sample`, other)
  const layers = {
    encoder: words.slice(1, middle).map(Number),
    bottleneck: Number(words[middle].slice(1, -1)),
    decoder: words.slice(middle + 1, -1).map(Number),
  }
  const problem = problemOf(layers, width)
  return problem === null ? { layers } : { problem }
}

/** Why these layers are none that the page trains, in a sentence; `null` where they are. */
export function problemOf({ encoder, bottleneck, decoder }: Layers, width: number | null): string | null {
  const { hidden, units } = layerLimits
  const most = mostBottleneck(width)
  const long = [encoder, decoder].find((side) => side.length > hidden)
  if (long) return `expected at most ${hidden} hidden layers on each side, got ${long.length}`
  const wide = [...encoder, ...decoder].find((count) => count < 1 || count > units)
  if (wide !== undefined) return `expected hidden layers of 1 to ${units} units, got ${wide}`
  if (bottleneck >= 1 && bottleneck <= most) return null
  const why = width !== null && width < layerLimits.bottleneck ? `, as samples have ${width} numbers` : ''
  return `expected a bottleneck of 1 to ${most}${why}, got ${bottleneck}`
}

/** The widest bottleneck: no wider than the data. */
export const mostBottleneck = (width: number | null): number =>
  Math.min(layerLimits.bottleneck, width ?? layerLimits.bottleneck)
