import { useEffect, useState } from 'preact/hooks'
import type { Scheme } from '../draw/inks.ts'
import { useStore } from '../session/hooks.ts'

const DARK = '(prefers-color-scheme: dark)'

/** The theme that is drawn: the state's, or that of the reader's system. */
export function useScheme(): Scheme {
  const { theme } = useStore().state.view
  const [isDark, set] = useState(() => matchMedia(DARK).matches)
  useEffect(() => {
    const query = matchMedia(DARK)
    const hear = () => set(query.matches)
    hear()
    query.addEventListener('change', hear)
    return () => query.removeEventListener('change', hear)
  }, [])
  return theme === 'auto' ? (isDark ? 'dark' : 'light') : theme
}
