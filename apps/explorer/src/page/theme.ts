import { useEffect, useState } from 'preact/hooks'
import type { Theme } from '../state/state.ts'

/** Whether the media query holds, rendering anew when that changes. */
export function useMedia(query: string): boolean {
  const [holds, set] = useState(() => matchMedia(query).matches)
  useEffect(() => {
    const list = matchMedia(query)
    const hear = () => set(list.matches)
    hear()
    list.addEventListener('change', hear)
    return () => list.removeEventListener('change', hear)
  }, [query])
  return holds
}

/**
 * Writes the theme that is drawn, `light` or `dark`, to `<html data-theme>`: the style sheet then says each shade once. While rendering, and not in an
 * effect: effects of views run before those of the page around them, and their painters read the colours there.
 */
export function useTheme(theme: Theme): void {
  const isDark = useMedia('(prefers-color-scheme: dark)')
  document.documentElement.dataset.theme = theme === 'auto' ? (isDark ? 'dark' : 'light') : theme
}
