import { Call, Named } from '../run/calls.ts'

/** What a program imports, module by module. */
export class Imports {
  readonly #names = new Map<string, Set<string>>()

  /** @returns the name */
  take(from: string, name: string): string {
    const names = this.#names.get(from) ?? new Set()
    this.#names.set(from, names.add(name))
    return name
  }

  get modules(): string[] {
    return [...this.#names.keys()].sort()
  }

  /** One statement for each module, in order. */
  get text(): string {
    return this.modules
      .map(
        (from) =>
          `import { ${[...(this.#names.get(from) as Set<string>)].sort().join(', ')} } from '${from}'`,
      )
      .join('\n')
  }
}

/** Columns of a line. */
const LINE = 100

/**
 * A call, or any value of its arguments, as it is written in a program.
 *
 * @param imports take what is called
 * @example
 * printed(new Call('@facet/models', 'adam', [{ learningRate: 0.01 }]), new Imports()) // 'adam({ learningRate: 0.01 })'
 */
export function printed(value: unknown, imports: Imports, indent = ''): string {
  if (value instanceof Named) return value.name
  if (typeof value === 'string') return quoted(value)
  if (value === null || typeof value !== 'object') return String(value)
  const inner = `${indent}  `
  const [open, close, parts] =
    value instanceof Call
      ? [
          `${imports.take(value.from, value.name)}(`,
          ')',
          value.args.map((each) => printed(each, imports, indent)),
        ]
      : Array.isArray(value)
        ? ['[', ']', value.map((each) => printed(each, imports, inner))]
        : ['{ ', ' }', entries(value, imports, inner)]
  const line = `${open}${parts.join(', ')}${close}`
  if (value instanceof Call || line.length + indent.length <= LINE) return line
  return `${open.trimEnd()}\n${inner}${parts.join(`,\n${inner}`)},\n${indent}${close.trimStart()}`
}

const entries = (value: object, imports: Imports, indent: string): string[] =>
  Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) =>
      each instanceof Named && each.name === name ? name : `${name}: ${printed(each, imports, indent)}`,
    )

/** A text as a literal: what is not plain is escaped, so that it cannot end the literal or its line. */
export const quoted = (text: string): string =>
  /^[-\w .@/]*$/.test(text)
    ? `'${text}'`
    : JSON.stringify(text).replace(/[\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)
