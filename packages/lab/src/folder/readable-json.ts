/** JSON for people: indented, with lists of numbers and words on one line. */
export const readableJson = (value: unknown): string => `${lines(value, '')}\n`

function lines(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const isList = Array.isArray(value)
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  if (isList && value.every((entry) => typeof entry !== 'object' || entry === null)) {
    return `[${value.map((entry) => JSON.stringify(entry)).join(', ')}]`
  }
  if (entries.length === 0) return isList ? '[]' : '{}'
  const inner = `${indent}  `
  const body = entries.map(
    ([name, entry]) => `${inner}${isList ? '' : `${JSON.stringify(name)}: `}${lines(entry, inner)}`,
  )
  const [open, close] = isList ? '[]' : '{}'
  return `${open}\n${body.join(',\n')}\n${indent}${close}`
}
