import type { PageShown } from './page-shown.ts'

/**
 * The name of a file that is saved: the set, the step and the weights that it shows.
 *
 * @example fileName(shown, 'input.svg') // 'facet-circle-step-1500-1a2b3c4d-input.svg'
 */
export function fileName(
  { state, frame, checksum }: Pick<PageShown, 'state' | 'frame' | 'checksum'>,
  end: string,
): string {
  const step = frame?.step ?? state.step
  const weights = checksum !== null && step === state.step ? `-${checksum}` : ''
  return `facet-${state.recipe.data.set}-step-${step}${weights}${end.startsWith('.') ? '' : '-'}${end}`
}
