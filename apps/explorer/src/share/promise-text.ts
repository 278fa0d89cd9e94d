import type { Status } from '../session/session.ts'
import type { State } from '../state/state.ts'

/** What there is to say of the weights that a link promised; `null` without a link, or before they are there. */
export function promiseText(
  { promised, step }: Pick<State, 'promised' | 'step'>,
  { promise, checksum, backend }: Pick<Status, 'promise' | 'checksum' | 'backend'>,
): { readonly outcome: 'kept' | 'broken'; readonly text: string } | null {
  if (promised === null || promise === null || checksum === null) return null
  const steps = `after ${step.toLocaleString('en')} ${step === 1 ? 'step' : 'steps'}`
  if (promise === 'kept')
    return { outcome: 'kept', text: `Weights ${checksum} ${steps}: the same bits as the link promised.` }
  const why =
    backend === 'wasm'
      ? 'It was made by another version of this page.'
      : 'Plain loops have other last digits than WebAssembly.'
  return {
    outcome: 'broken',
    text: `Weights ${checksum} ${steps}: not those of the link, ${promised}. ${why}`,
  }
}
