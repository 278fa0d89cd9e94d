import type { Session } from '../session/session.ts'
import type { Store } from '../session/store.ts'

/** Milliseconds that are waited for weights and their picture; a run that is on a long way to its step is shown as it is. */
const LONGEST = 3000

/** Pauses, and waits until the checksum of the weights and the picture of them are there. */
export function standing(store: Store, session: Session): Promise<void> {
  if (store.state.isPlaying) store.dispatch(['play', false])
  const isThere = () => {
    const { checksum, step, goal, problem } = session.status
    const { frame } = session
    if (problem !== null) return true
    const isShown = store.state.view.shown !== null || frame?.step === step
    return checksum !== null && goal === null && frame?.run === session.run && isShown
  }
  if (isThere()) return Promise.resolve()
  return new Promise((resolve) => {
    const check = () => {
      if (isThere()) end()
    }
    const timer = setTimeout(() => end(), LONGEST)
    const stops = [session.onStatus(check), session.onFrame(check)]
    function end(): void {
      clearTimeout(timer)
      for (const stop of stops) stop()
      resolve()
    }
  })
}
