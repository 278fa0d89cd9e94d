import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One `@example` of a docstring. */
export interface Example {
  readonly file: string
  readonly line: number
  readonly code: string
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory())
      return ['node_modules', 'dist', 'fixtures', 'testing'].includes(entry.name) ? [] : sources(path)
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : []
  })
}

/** Every example under a folder, in order of file and line. */
export function findExamples(folder: string): Example[] {
  return sources(folder).flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    return [...text.matchAll(/\/\*\*([\s\S]*?)\*\//g)].flatMap((comment) => {
      const lines = comment[1].split('\n').map((line) => line.replace(/^\s*\* ?/, ''))
      const start = text.slice(0, comment.index).split('\n').length
      const examples: Example[] = []
      lines.forEach((line, i) => {
        const at = line.indexOf('@example')
        if (at < 0) return
        const rest = lines.slice(i + 1)
        const end = rest.findIndex((next) => next.trimStart().startsWith('@'))
        const code = [line.slice(at + '@example'.length), ...rest.slice(0, end < 0 ? undefined : end)]
          .join('\n')
          .trim()
        examples.push({ file, line: start + i, code })
      })
      return examples
    })
  })
}

/**
 * An example as a module: `await init()` and imports of whatever it names from the packages, unless it has its own.
 * `exported` maps a name to the entry that exports it.
 */
export function asModule(code: string, exported: ReadonlyMap<string, string>): string {
  const fences = code.replace(/^```.*$/gm, '')
  const words = new Set(fences.replace(/\/\/.*$/gm, '').match(/[A-Za-z_$][\w$]*/g) ?? [])
  const own = new Set(
    [...fences.matchAll(/^import .*?\{([^}]*)\}/gms)].flatMap((m) =>
      m[1].split(',').map((n) => n.replace('type ', '').trim()),
    ),
  )
  const imports = [...words]
    .filter(
      (name) =>
        exported.has(name) &&
        !own.has(name) &&
        !new RegExp(`(const|let|function|class) \\{?[^=\\n]*\\b${name}\\b[^=\\n]*=`).test(fences),
    )
    .map((name) => `import { ${name} } from '${exported.get(name)}'`)
  const starts = own.has('init')
    ? []
    : ["import { init as initialise } from '@facet/tensor'", 'await initialise()']
  return [...imports, ...starts, fences, 'export {}', ''].join('\n')
}

/** The TypeScript blocks of a Markdown file. */
export function findBlocks(file: string): Example[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((block) => ({
    file,
    line: text.slice(0, block.index).split('\n').length,
    code: block[1],
  }))
}
