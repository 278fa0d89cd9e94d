import { useState } from 'preact/hooks'

interface NumberFieldProps {
  readonly label: string
  readonly value: number
  readonly low: number
  readonly high: number
  /** Only whole numbers. */
  readonly whole?: boolean
  /** Hides the label from the eye where something else says it. */
  readonly quiet?: boolean
  readonly onValue: (value: number) => void
}

/** A number that is typed. It counts when the field is left or Enter pressed; what is out of range becomes the nearest that is in it. */
export function NumberField({
  label,
  value,
  low,
  high,
  whole = false,
  quiet = false,
  onValue,
}: NumberFieldProps) {
  const [text, setText] = useState<string | null>(null)
  const commit = () => {
    if (text === null) return
    setText(null)
    const typed = Number(text)
    if (text.trim() === '' || Number.isNaN(typed)) return
    const next = Math.min(high, Math.max(low, whole ? Math.round(typed) : typed))
    if (next !== value) onValue(next)
  }
  return (
    <label class="number">
      <span class={quiet ? 'unseen' : undefined}>{label}</span>{' '}
      <input
        type="text"
        inputMode={whole ? 'numeric' : 'decimal'}
        value={text ?? String(value)}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
    </label>
  )
}
