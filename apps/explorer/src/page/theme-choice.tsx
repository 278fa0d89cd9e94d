import { useStore } from '../session/hooks.ts'
import { type Theme, themes } from '../state/state.ts'

const titles: Readonly<Record<Theme, string>> = { auto: 'as the system', light: 'light', dark: 'dark' }

/** Light, dark, or what the system says. */
export function ThemeChoice() {
  const { state, dispatch } = useStore()
  return (
    <label class="theme">
      Theme{' '}
      <select
        value={state.view.theme}
        onChange={({ currentTarget }) => dispatch(['view', { theme: currentTarget.value as Theme }])}
      >
        {themes.map((theme) => (
          <option key={theme} value={theme}>
            {titles[theme]}
          </option>
        ))}
      </select>
    </label>
  )
}
