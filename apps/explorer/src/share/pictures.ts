import { pictureSvg } from '../draw/picture-svg.ts'
import type { DataFacts } from '../run/data-facts.ts'
import type { State } from '../state/state.ts'
import { counted } from '../views/number-text.ts'
import type { FrameFacts } from '../work/messages.ts'
import { curvesSvg } from './curves-svg.ts'
import type { PageShown } from './page-shown.ts'

/** A picture as a file of SVG. */
export interface SavedPicture {
  readonly name: string
  readonly title: string
  readonly svg: string
}

/** Pixels of a plane without its axes. */
const WIDTH = 640

const whose: Readonly<Record<State['view']['part'], string>> = {
  encoder: 'of the encoder',
  decoder: 'of the decoder behind the encoder',
  whole: 'of the whole network',
}

const afterSteps = (step: number): string => `after ${counted(step, 'step')}`

/** Words of the axes of the data's plane. */
function inputAxes({ plane }: State['view'], { width, columns }: DataFacts): readonly [string, string] {
  if (width === 2) return [columns?.[0] ?? 'x', columns?.[1] ?? 'y']
  if (plane === 'pca') return ['PCA-1', 'PCA-2']
  const [a, b, c] = plane.map((row) => row + 1)
  return [`from sample ${a} to ${b}`, `towards sample ${c}`]
}

function inputPicture(
  { state, status, scheme }: PageShown,
  { step, input }: FrameFacts,
): SavedPicture | null {
  if (input === null || status.facts === null) return null
  const { part, shading } = state.view
  const title = `Input plane: ${counted(input.regions, 'region')} ${whose[part]} ${afterSteps(step)}`
  const axes = inputAxes(state.view, status.facts)
  const svg = pictureSvg(input, { width: WIDTH, scheme, shading, title, facts: status.facts, axes })
  return { name: 'input', title, svg }
}

function latentPicture(
  { state, status, scheme }: PageShown,
  { step, latent }: FrameFacts,
): SavedPicture | null {
  if (latent === null) return null
  const { bottleneck } = state.recipe.model
  const [a, b] = state.view.latentAxes
  const title = `Latent ${bottleneck === 1 ? 'line' : 'plane'}: ${counted(latent.regions, 'region')} of the decoder ${afterSteps(step)}`
  const svg = pictureSvg(latent, {
    width: WIDTH,
    scheme,
    shading: 'region',
    title,
    facts: status.facts,
    axes: bottleneck === 1 ? ['z', ''] : [`z${a + 1}`, `z${b + 1}`],
    isStrip: bottleneck === 1,
  })
  return { name: 'latent', title, svg }
}

function curvesPicture({ curve, counts, status, scheme }: PageShown): SavedPicture | null {
  if (curve.length < 2) return null
  const title = `Loss, validation error, live bottleneck units and regions up to step ${status.step.toLocaleString('en-US')}`
  return { name: 'curves', title, svg: curvesSvg({ curve, counts, last: status.step, title, scheme }) }
}

/** Every picture that there is of what a page shows. */
export function picturesOf(shown: PageShown): SavedPicture[] {
  const { frame } = shown
  const planes = frame === null ? [] : [inputPicture(shown, frame), latentPicture(shown, frame)]
  return [...planes, curvesPicture(shown)].filter((picture) => picture !== null)
}
