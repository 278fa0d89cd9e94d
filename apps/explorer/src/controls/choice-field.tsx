interface ChoiceFieldProps<T extends string> {
  readonly label: string
  readonly value: T
  /** What there is to choose, by name. */
  readonly titles: Readonly<Record<T, string>>
  readonly onValue: (value: T) => void
}

/** One of several by name. */
export const ChoiceField = <T extends string>({ label, value, titles, onValue }: ChoiceFieldProps<T>) => (
  <label class="choice">
    <span>{label}</span>
    <select value={value} onChange={({ currentTarget }) => onValue(currentTarget.value as T)}>
      {Object.entries<string>(titles).map(([name, title]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  </label>
)
