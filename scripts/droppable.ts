// What bundlers need to leave unused parts of a built package out. Its modules stand together in few files, since to import 446 of them takes
// Node 230 ms where 25 take 38; a bundler then keeps every statement of a file whose evaluation might do something, such as a table made
// by a call. That importing does nothing is what `sideEffects: false` promises; here each such statement is marked so.
import type { Rolldown } from 'tsdown'

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  // biome-ignore lint/suspicious/noExplicitAny: the syntax tree has a type for each kind of node
  readonly [part: string]: any
}

/** Bundlers see for themselves that to evaluate it does nothing. */
function isPlain(node: Node | null): boolean {
  switch (node?.type) {
    case undefined:
    case 'Literal':
    case 'Identifier':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return true
    case 'UnaryExpression':
      return isPlain(node.argument)
    case 'TemplateLiteral':
      return node.expressions.length === 0
    case 'ArrayExpression':
      return node.elements.every(isPlain)
    case 'ObjectExpression':
      return node.properties.every(
        (row: Node) => row.type === 'Property' && !row.computed && isPlain(row.value),
      )
    case 'ClassExpression':
    case 'ClassDeclaration':
      return isPlain(node.superClass) && !node.body.body.some((m: Node) => m.computed || isEvaluated(m))
    default:
      return false
  }
}

const isEvaluated = (member: Node): boolean =>
  member.type === 'StaticBlock' || (member.type === 'PropertyDefinition' && member.static)

/** Names that a pattern declares: `{ BYTES: size, ...rest }` has `size` and `rest`. */
function namesOf(pattern: Node | null): string[] {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((part: Node) => namesOf(part.value ?? part.argument))
    case 'ArrayPattern':
      return pattern.elements.flatMap(namesOf)
    case 'AssignmentPattern':
      return namesOf(pattern.left)
    case 'RestElement':
      return namesOf(pattern.argument)
    default:
      return []
  }
}

const call = (body: string): string => `/* @__PURE__ */ (() => ${body})()`

/** What is put in the place of a declared variable, or of several that a pattern declares. */
function marked(code: string, { id, init }: Node): string {
  const value = code.slice(init.start, init.end)
  if (id.type !== 'Identifier') {
    const names = namesOf(id)
    const parts = `$${names.join('$')}`
    const declared = `{ const ${code.slice(id.start, id.end)} = ${value}; return { ${names.join(', ')} } }`
    return [
      `${parts} = ${call(declared)}`,
      ...names.map((name) => `${name} = ${call(`${parts}.${name}`)}`),
    ].join(', ')
  }
  // Anonymous classes are named after the variable, which they no longer stand beside.
  const named =
    init.type === 'ClassExpression' && init.id === null ? value.replace('class', `class ${id.name}`) : value
  return `${id.name} = ${call(`(${named})`)}`
}

/** The top-level variables whose initialisers a bundler would keep. */
function kept(statement: Node): Node[] {
  const declared: Node = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
  if (declared?.type !== 'VariableDeclaration') return []
  return declared.declarations.filter(({ id, init }: Node) => id.type !== 'Identifier' || !isPlain(init))
}

/** Marks the initialisers of top-level variables as calls without side effects, in what is built of one of our packages. */
export const droppable: Rolldown.Plugin = {
  name: 'droppable',
  // Not `renderChunk`: what removes dead code after it would undo functions that are called at once.
  generateBundle(_, files) {
    for (const file of Object.values(files)) {
      if (file.type !== 'chunk' || !file.fileName.endsWith('.js')) continue
      const { body } = this.parse(file.code) as unknown as { readonly body: Node[] }
      for (const variable of body.flatMap(kept).reverse())
        file.code =
          file.code.slice(0, variable.start) + marked(file.code, variable) + file.code.slice(variable.end)
    }
  },
}
