import type { Scheme } from '../draw/inks.ts'
import { useStore } from '../session/hooks.ts'
import { useMedia } from '../session/use-media.ts'

/** The theme that is drawn: the state's, or that of the reader's system. */
export function useScheme(): Scheme {
  const { theme } = useStore().state.view
  const isDark = useMedia('(prefers-color-scheme: dark)')
  return theme === 'auto' ? (isDark ? 'dark' : 'light') : theme
}
