import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'

/** When an import happens: with the module, when the program asks for it, or never, because only types come. */
export type ImportKind = 'runtime' | 'dynamic' | 'types'

/** One module named in another. */
export interface Import {
  readonly specifier: string
  readonly kind: ImportKind
}

/** What each source file of the packages imports; names are relative to the root of the project. */
export type ImportGraph = ReadonlyMap<string, readonly Import[]>

const root = join(import.meta.dirname, '..')

/** Folders without sources of the packages: AssemblyScript is another language, the others serve tests. */
const leftOut = ['assembly', 'conformance', 'dist', 'fixtures', 'node_modules', 'testing']

/** The TypeScript files of a folder and those below, tests and what serves tests left out. */
export function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return leftOut.includes(entry.name) ? [] : sourceFiles(path)
    const isSource = /\.tsx?$/.test(entry.name) && !/(\.test|\.generated|\.d|^testing)\.ts$/.test(entry.name)
    return isSource ? [path] : []
  })
}

/** The graph of all sources of some folders, by default of all packages. */
export function readImportGraph(
  folders = readdirSync(join(root, 'packages')).map((name) => `packages/${name}/src`),
): ImportGraph {
  const files = folders.flatMap(sourceFiles)
  return new Map(files.map((file) => [file, importsOf(readFileSync(join(root, file), 'utf8'))]))
}

/** The imports of a module's text, in their order. */
export function importsOf(text: string): Import[] {
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, kind: ImportKind): void => {
    if (specifier && ts.isStringLiteralLike(specifier)) found.push({ specifier: specifier.text, kind })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, kindOfImport(node.importClause))
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, kindOfExport(node))
    else if (ts.isImportTypeNode(node))
      add(ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, 'types')
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], 'dynamic')
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('module.ts', text, ts.ScriptTarget.Latest))
  return found
}

function kindOfImport(clause: ts.ImportClause | undefined): ImportKind {
  if (clause === undefined) return 'runtime'
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return 'types'
  const { name, namedBindings } = clause
  const isNames = name === undefined && namedBindings !== undefined && ts.isNamedImports(namedBindings)
  return isNames && areTypes(namedBindings.elements) ? 'types' : 'runtime'
}

function kindOfExport({ isTypeOnly, exportClause }: ts.ExportDeclaration): ImportKind {
  if (isTypeOnly) return 'types'
  const isNames = exportClause !== undefined && ts.isNamedExports(exportClause)
  return isNames && areTypes(exportClause.elements) ? 'types' : 'runtime'
}

const areTypes = (names: readonly { readonly isTypeOnly: boolean }[]): boolean =>
  names.length > 0 && names.every(({ isTypeOnly }) => isTypeOnly)

/** The file that a relative import of a file means; `null` for the name of a package. */
export function resolved(file: string, { specifier }: Import): string | null {
  return specifier.startsWith('.') ? relative(root, join(root, dirname(file), specifier)) : null
}

/** The files that a file imports in one of these ways. */
export function importedFiles(graph: ImportGraph, file: string, kinds: readonly ImportKind[]): string[] {
  const imports = (graph.get(file) ?? []).filter(({ kind }) => kinds.includes(kind))
  return imports
    .map((one) => resolved(file, one))
    .filter((path) => path !== null && graph.has(path)) as string[]
}

/** The graph but for the imports of one file in another, for each of some pairs. */
export function withoutImports(
  graph: ImportGraph,
  pairs: readonly (readonly [file: string, imported: string])[],
): ImportGraph {
  const isLeft = (file: string, one: Import): boolean =>
    !pairs.some(([from, to]) => from === file && resolved(file, one) === to)
  return new Map([...graph].map(([file, imports]) => [file, imports.filter((one) => isLeft(file, one))]))
}

/** A file and all that is loaded with it. */
export function loadedWith(graph: ImportGraph, file: string): Set<string> {
  const loaded = new Set([file])
  for (const one of loaded) for (const next of importedFiles(graph, one, ['runtime'])) loaded.add(next)
  return loaded
}

/**
 * The groups of files each of which reaches every other of its group through imports of these kinds (the strongly connected
 * components of more than one file, Tarjan 1972), sorted.
 */
export function circles(graph: ImportGraph, kinds: readonly ImportKind[]): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const found: string[][] = []
  const visit = (file: string): void => {
    order.set(file, order.size)
    lowest.set(file, order.get(file)!)
    open.push(file)
    for (const next of importedFiles(graph, file, kinds)) {
      if (!order.has(next)) visit(next)
      if (open.includes(next)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!))
    }
    if (lowest.get(file) !== order.get(file)) return
    const group = open.splice(open.indexOf(file))
    if (group.length > 1) found.push(group.sort())
  }
  for (const file of graph.keys()) if (!order.has(file)) visit(file)
  return found.sort((a, b) => (a[0] < b[0] ? -1 : 1))
}
