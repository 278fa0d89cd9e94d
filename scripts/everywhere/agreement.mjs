/** Scores may differ by so much of themselves: what fuses multiplication and addition rounds otherwise. */
const tolerance = 1e-4

/** Row and score, of the model and where the line says it of the model's file. */
const numbersOf = (line) =>
  [...line.matchAll(/row (\d+) scores (\S+?)(?=,|$)/g)].flatMap(([, ...found]) => found.map(Number))

/** @throws Error unless a line says what another place's does; a place that only scores has no more than its beginning. */
export function expectSame(line, expected) {
  const [want, got] = [expected, line].map(numbersOf)
  const isSame = got
    .slice(0, want.length)
    .every((value, i) => Math.abs(want[i] - value) <= tolerance * Math.abs(want[i]))
  if (got.length < 2 || !isSame) throw new Error(`expected '${expected}', got '${line}'`)
}

/** @throws Error where a place warns of anything but what it is known for, or no longer of that. */
export function expectNotes(notes, known = []) {
  const strange = notes.filter((note) => !known.some((pattern) => pattern.test(note)))
  if (strange.length > 0) throw new Error(`expected no such warning: ${strange.join('\n')}`)
  const missing = known.filter((pattern) => !notes.some((note) => pattern.test(note)))
  if (missing.length > 0)
    throw new Error(`expected a warning as ${missing.join(', ')}, got ${notes.length} others`)
}
