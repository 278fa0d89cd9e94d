import { join } from 'node:path'
import ts from 'typescript'

const root = join(import.meta.dirname, '..')

/** What an entry exports and whether a docstring says what it is. */
export function exportsOf(entry: string): { readonly name: string; readonly isDocumented: boolean }[] {
  const file = join(root, entry)
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram([file], { ...options, types: [] })
  const checker = program.getTypeChecker()
  const module = checker.getSymbolAtLocation(program.getSourceFile(file)!)!
  return checker.getExportsOfModule(module).map((symbol) => {
    const meant = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
    return { name: symbol.name, isDocumented: meant.getDocumentationComment(checker).length > 0 }
  })
}
