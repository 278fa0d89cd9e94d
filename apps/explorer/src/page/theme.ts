import { useMedia } from '../session/use-media.ts'
import type { Theme } from '../state/state.ts'

/**
 * Writes the theme that is drawn, `light` or `dark`, to `<html data-theme>`: the style sheet then says each shade once. While rendering, and not in an
 * effect: effects of views run before those of the page around them, and their painters read the colours there.
 */
export function useTheme(theme: Theme): void {
  const isDark = useMedia('(prefers-color-scheme: dark)')
  document.documentElement.dataset.theme = theme === 'auto' ? (isDark ? 'dark' : 'light') : theme
}
