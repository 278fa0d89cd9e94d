import { useState } from 'preact/hooks'
import { NumberField } from './number-field.tsx'
import type { Scale } from './scales.ts'

interface RangeFieldProps {
  readonly label: string
  readonly value: number
  readonly scale: Scale
  readonly whole?: boolean
  readonly onValue: (value: number) => void
}

/** A number by a slider, and typed. While it is dragged the number alone follows: each value would begin another run. */
export function RangeField({ label, value, scale, whole = false, onValue }: RangeFieldProps) {
  const [dragged, setDragged] = useState<number | null>(null)
  const shown = dragged ?? value
  return (
    <div class="range">
      <label>
        <span>{label}</span>
        <input
          type="range"
          min={0}
          max={scale.positions}
          step={1}
          value={scale.toPosition(shown)}
          aria-valuetext={String(shown)}
          onInput={({ currentTarget }) => setDragged(scale.toValue(Number(currentTarget.value)))}
          onChange={({ currentTarget }) => {
            setDragged(null)
            const next = scale.toValue(Number(currentTarget.value))
            if (next !== value) onValue(next)
          }}
        />
      </label>
      <NumberField
        label={`${label}, as a number`}
        quiet
        value={shown}
        low={scale.low}
        high={scale.high}
        whole={whole}
        onValue={onValue}
      />
    </div>
  )
}
