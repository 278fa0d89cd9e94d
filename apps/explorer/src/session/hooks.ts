import { createContext } from 'preact'
import { useContext, useEffect, useRef, useState } from 'preact/hooks'
import type { DataFacts } from '../run/data-facts.ts'
import type { FrameFacts } from '../work/messages.ts'
import type { Session, Status } from './session.ts'
import type { Store } from './store.ts'

/** The page's state and session, for every component. */
export const PageContext = createContext<{ readonly store: Store; readonly session: Session } | null>(null)

function usePage(): { readonly store: Store; readonly session: Session } {
  const page = useContext(PageContext)
  if (page === null) throw new Error('usePage: expected a component inside of the page, got one outside')
  return page
}

/** The state as it is, and how it is changed. Renders anew with every change. */
export function useStore(): { readonly state: Store['state']; readonly dispatch: Store['dispatch'] } {
  const { store } = usePage()
  const [, render] = useState(0)
  useEffect(() => store.subscribe(() => render((n) => n + 1)), [store])
  return { state: store.state, dispatch: store.dispatch }
}

export const useSession = (): Session => usePage().session

/** The samples of the run; `null` before it has begun. */
export function useFacts(): DataFacts | null {
  return useStatus().facts
}

/** What is said of the run beside its pictures: renders anew a few times a second at most. */
export function useStatus(): Status {
  const { session } = usePage()
  const [status, set] = useState(session.status)
  useEffect(() => {
    set(session.status)
    return session.onStatus(set)
  }, [session])
  return status
}

/** Calls `paint` with every new frame, and with the last one at once, without rendering anything anew. */
export function useFrame(paint: (frame: FrameFacts) => void): void {
  const { session } = usePage()
  const newest = useRef(paint)
  newest.current = paint
  useEffect(() => {
    if (session.frame) newest.current(session.frame)
    return session.onFrame((frame) => newest.current(frame))
  }, [session])
}

/** Milliseconds between renders of text: eight a second can be read. */
const SLOW = 125

/** The newest frame, rendering anew at most eight times a second; the last one always arrives. */
export function useSlowFrame(): FrameFacts | null {
  const { session } = usePage()
  const [frame, set] = useState(session.frame)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null
    let last = performance.now()
    const show = () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      last = performance.now()
      set(session.frame)
    }
    set(session.frame)
    const stop = session.onFrame(() => {
      // With a picture where it is time: text and pictures then are one change of the screen. The last one of all has none after it.
      if (performance.now() - last >= SLOW) requestAnimationFrame(show)
      else timer ??= setTimeout(show, 2 * SLOW)
    })
    return () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    }
  }, [session])
  return frame
}
