interface CheckFieldProps {
  readonly label: string
  readonly value: boolean
  readonly onValue: (value: boolean) => void
}

/** Yes or no. */
export const CheckField = ({ label, value, onValue }: CheckFieldProps) => (
  <label class="check">
    <input type="checkbox" checked={value} onChange={({ currentTarget }) => onValue(currentTarget.checked)} />
    <span>{label}</span>
  </label>
)
