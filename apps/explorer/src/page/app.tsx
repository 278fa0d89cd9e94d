import { useStatus, useStore } from '../session/hooks.ts'

/** The page. */
export function App() {
  const { state, dispatch } = useStore()
  const status = useStatus()
  return (
    <main>
      <button type="button" onClick={() => dispatch(['play', !state.isPlaying])}>
        {state.isPlaying ? 'Pause' : 'Play'}
      </button>
      <p>
        step {status.step} {status.problem}
      </p>
    </main>
  )
}
