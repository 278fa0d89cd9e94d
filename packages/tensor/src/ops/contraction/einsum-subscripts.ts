import { describe } from '../../checks.ts'
import { formatShape, type Shape } from '../../shape.ts'

/** The axes of every operand and of the result by their labels, those that `...` stands for included. */
export interface Subscripts {
  readonly inputs: readonly string[]
  readonly output: string
}

/** Labels of the axes that `...` stands for: characters that nobody writes, counted from the last axis, for they broadcast. */
const ellipsisLabels = (count: number): string =>
  Array.from({ length: count }, (_, i) => String.fromCharCode(0xe000 + count - 1 - i)).join('')

const isWritten = (label: string): boolean => label < '\ue000'

/** Without an arrow: what `...` stands for, then the labels that stand once in all operands, in alphabetical order, as NumPy does. */
function implied(inputs: readonly string[], ellipsis: string): string {
  const labels = [...inputs.join('')].filter(isWritten)
  const once = labels.filter((label) => labels.indexOf(label) === labels.lastIndexOf(label))
  return ellipsis + once.sort().join('')
}

/**
 * Reads subscripts such as `'ij,jk->ik'`, `'...ii->...i'` or `'ij,jk'`.
 *
 * @throws RangeError naming the subscripts where they do not fit the shapes; TypeError for what is no text
 */
export function parseSubscripts(spec: string, shapes: readonly Shape[]): Subscripts {
  if (typeof spec !== 'string')
    throw new TypeError(`einsum: expected subscripts such as 'ij,jk->ik', got ${describe(spec)}`)
  const bad = (why: string): RangeError => new RangeError(`einsum: '${spec}': ${why}`)
  const match = /^([^>]*?)(?:->([^>]*))?$/.exec(spec.replaceAll(/\s/g, ''))
  if (match === null) throw bad("expected letters, commas, '...' and at most one '->'")
  const terms = match[1].split(',')
  for (const term of [...terms, match[2] ?? '']) {
    if (!/^[a-zA-Z]*(\.\.\.)?[a-zA-Z]*$/.test(term))
      throw bad(`expected letters, commas, '...' once an operand and at most one '->', got '${term}'`)
  }
  if (terms.length !== shapes.length) throw bad(`expected ${terms.length} operands, got ${shapes.length}`)
  let longest = 0
  const inputs = terms.map((term, i) => {
    const extra = shapes[i].length - term.replace('...', '').length
    if (extra < 0 || (extra > 0 && !term.includes('...')))
      throw bad(`'${term}' does not fit ${formatShape(shapes[i])}`)
    longest = Math.max(longest, extra)
    return term.replace('...', ellipsisLabels(extra))
  })
  const output = match[2]?.replace('...', ellipsisLabels(longest)) ?? implied(inputs, ellipsisLabels(longest))
  if (longest > 0 && match[2]?.includes('...') === false) throw bad(`the result has no place for '...'`)
  if (new Set(output).size !== output.length) throw bad(`'${match[2]}' repeats a subscript`)
  for (const label of output)
    if (!inputs.some((term) => term.includes(label))) throw bad(`'${label}' is in no operand`)
  checkLengths(inputs, shapes, bad)
  return { inputs, output }
}

/** Equal labels are equally long; a length of 1 stretches. */
function checkLengths(
  inputs: readonly string[],
  shapes: readonly Shape[],
  bad: (why: string) => RangeError,
): void {
  const lengths = new Map<string, number>()
  inputs.forEach((labels, i) => {
    ;[...labels].forEach((label, axis) => {
      const length = shapes[i][axis]
      const first = shapes[i][labels.indexOf(label)]
      if (first !== length) throw bad(`'${label}' is ${first} and ${length} in one operand`)
      const known = lengths.get(label) ?? 1
      if (known !== 1 && length !== 1 && known !== length)
        throw bad(`'${isWritten(label) ? label : '...'}' is ${known} and ${length}`)
      lengths.set(label, known === 1 ? length : known)
    })
  })
}
