import { useStore } from '../session/hooks.ts'
import { presetOf, presets } from '../state/presets.ts'

/** What there is to begin from; the one that is open says what is to be seen. */
export function PresetList() {
  const { state, dispatch } = useStore()
  const current = presetOf(state)
  // Who has chosen a theme, a speed or what to hide keeps it.
  const open = (next: (typeof presets)[number]['state']) => {
    const { theme, pace, hidden } = state.view
    dispatch(['open', { ...next, view: { ...next.view, theme, pace, hidden } }])
  }
  return (
    <ul class="presets">
      {presets.map((preset) => (
        <li key={preset.name}>
          <button
            type="button"
            aria-current={preset === current ? 'true' : undefined}
            aria-describedby={preset === current ? 'preset-said' : undefined}
            title={preset.sentence}
            onClick={() => open(preset.state)}
          >
            {preset.title}
          </button>
          {preset === current && (
            <p class="aside" id="preset-said">
              {preset.sentence} Seen at step {preset.state.step.toLocaleString('en')}.
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
