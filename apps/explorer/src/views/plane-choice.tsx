interface PlaneChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  /** What there is to choose, by name. */
  readonly titles: Readonly<Record<T, string>>
  readonly onValue: (value: T) => void
}

/** One of several by name, above a plane. */
export const PlaneChoice = <T extends string>({ label, value, titles, onValue }: PlaneChoiceProps<T>) => (
  <label>
    {label}{' '}
    <select value={value} onChange={({ currentTarget }) => onValue(currentTarget.value as T)}>
      {Object.entries<string>(titles).map(([name, title]) => (
        <option key={name} value={name}>
          {title}
        </option>
      ))}
    </select>
  </label>
)
