import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  circles,
  type Import,
  type ImportKind,
  importsOf,
  loadedWith,
  readImportGraph,
  resolved,
  withoutImports,
} from './import-graph.ts'

const root = join(import.meta.dirname, '..')
const graph = readImportGraph()
const explorer = readImportGraph(['apps/explorer/src'])
const allKinds: readonly ImportKind[] = ['runtime', 'dynamic', 'types']

/** What each package may import from the others: CONTRIBUTING, "The house". */
const toTheLeft: Readonly<Record<string, readonly string[]>> = {
  tensor: [],
  data: ['tensor'],
  autograd: ['tensor'],
  models: ['tensor', 'autograd'],
  geometry: ['tensor', 'autograd', 'models'],
  regularizers: ['tensor', 'autograd', 'models', 'geometry'],
  facet: ['tensor', 'data', 'autograd', 'models'],
  lab: ['tensor', 'data', 'autograd', 'models', 'geometry', 'regularizers'],
}

const lean = Object.keys(toTheLeft).filter((name) => name !== 'lab')

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>
}

const manifestOf = (name: string): Manifest =>
  JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'))

const packageOf = (file: string): string => file.split('/')[1]

/** Every import of some packages, with the file that has it. */
function* importsIn(packages: readonly string[]): Generator<readonly [file: string, one: Import]> {
  for (const [file, imports] of graph) {
    if (packages.includes(packageOf(file))) for (const one of imports) yield [file, one]
  }
}

const said = (file: string, { specifier }: Import): string => `${file} imports ${specifier}`

const architecture = readFileSync(join(root, 'docs', 'architecture.md'), 'utf8')

/** The section of docs/architecture.md with this heading. */
const sectionOf = (heading: string): string =>
  architecture.split(new RegExp(`^#+ .*${heading}$`, 'm'))[1]?.split(/^#/m)[0] ?? ''

/** Rooms from the lowest to the highest, as the table of a section of docs/architecture.md lists them in its first column. */
const roomsInDocument = (section: string): string[] =>
  [...sectionOf(section).matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, names]) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  )

/** The imports that docs/architecture.md lists under "Circles of types": an item of the list each, `file` → `file`. */
function circlesInDocument(): (readonly [file: string, imported: string])[] {
  const items = [...sectionOf('Circles of types').matchAll(/^- `([^`]+)` → `([^`]+)`/gm)]
  return items.map(([, file, imported]) => [`packages/${file}`, `packages/${imported}`])
}

describe('imports of the packages', () => {
  it('are all found', () => {
    expect(graph.size).toBeGreaterThan(300)
    const missing = [...importsIn(Object.keys(toTheLeft))].filter(([file, one]) => {
      const path = resolved(file, one)
      return path !== null && !graph.has(path) && !/\.(generated\.ts|json)$/.test(path)
    })
    expect(missing.map(([file, one]) => said(file, one))).toEqual([])
  })

  it('make no circle when they are loaded', () => {
    expect(circles(graph, ['runtime'])).toEqual([])
  })

  describe('make no circle of types', () => {
    const listed = circlesInDocument()

    it('beside those that imports listed in docs/architecture.md close', () => {
      expect(circles(withoutImports(graph, listed), allKinds)).toEqual([])
    })

    it.each(listed)('%s → %s: is an import of types only, and closes one', (file, imported) => {
      const kinds = (graph.get(file) ?? [])
        .filter((one) => resolved(file, one) === imported)
        .map(({ kind }) => kind)
      expect([...new Set(kinds)]).toEqual(['types'])
      const others = listed.filter(([from, to]) => from !== file || to !== imported)
      const closed = circles(withoutImports(graph, others), allKinds)
      expect(closed.filter((files) => files.includes(file) && files.includes(imported))).toHaveLength(1)
    })
  })

  it('load no backend with Tensor', () => {
    const loaded = [...loadedWith(graph, 'packages/tensor/src/tensor.ts')]
    expect(loaded.filter((file) => file.includes('/backends/'))).toEqual([])
  })

  it('go to packages further left, by their entries and never through src', () => {
    const wrong: string[] = []
    for (const [file, one] of importsIn(Object.keys(toTheLeft))) {
      const path = resolved(file, one)
      const own = packageOf(file)
      if (path !== null && !path.startsWith(`packages/${own}/`)) wrong.push(said(file, one))
      const [, name, entry] = /^@facet\/([^/]+)(\/.*)?$/.exec(one.specifier) ?? []
      if (name === undefined) continue
      const isThere = toTheLeft[own].includes(name) && `.${entry ?? ''}` in manifestOf(name).exports
      if (!isThere) wrong.push(said(file, one))
    }
    expect(wrong).toEqual([])
  })

  it.each([
    ['lab', 'Rooms of the laboratory', 'packages/lab/src/', graph],
    ['the explorer', 'Rooms of the explorer', 'apps/explorer/src/', explorer],
  ] as const)(
    'go to rooms further up in the list of docs/architecture.md within %s',
    (_, section, folder, of) => {
      const rooms = roomsInDocument(section)
      const roomOf = (file: string): number => rooms.indexOf(file.slice(folder.length).split('/')[0])
      const files = [...of.keys()].filter((file) => file.startsWith(folder))
      expect(files.filter((file) => roomOf(file) < 0)).toEqual([])
      const used = new Set(files.map(roomOf))
      expect(rooms.filter((_, i) => !used.has(i))).toEqual([])
      const wrong = files.flatMap((file) =>
        of
          .get(file)!
          .filter((one) => {
            const path = resolved(file, one)
            return path?.startsWith(folder) && roomOf(path) > roomOf(file)
          })
          .map((one) => said(file, one)),
      )
      expect(wrong).toEqual([])
    },
  )

  it('of the explorer make no circle, and go to entries of packages that a page may use', () => {
    expect(circles(explorer, ['runtime'])).toEqual([])
    const packages = [...explorer].flatMap(([file, imports]) =>
      imports.flatMap((one) => {
        const [, name, entry] = /^@facet\/([^/]+)(\/[^?]*)?/.exec(one.specifier) ?? []
        if (name === undefined) return /packages\//.test(one.specifier) ? [said(file, one)] : []
        const exports = manifestOf(name).exports
        const isKernel = entry?.startsWith('/kernels/') === true && './kernels/*' in exports
        return lean.includes(name) && (isKernel || `.${entry ?? ''}` in exports) ? [] : [said(file, one)]
      }),
    )
    expect(packages).toEqual([])
  })

  it('bring no dependency into the packages that have none, but an optional peer when it is asked for', () => {
    const wrong: string[] = []
    for (const [file, one] of importsIn(lean)) {
      const { specifier, kind } = one
      if (kind === 'types' || /^(\.|@facet\/|node:)/.test(specifier)) continue
      const isOptional = manifestOf(packageOf(file)).peerDependenciesMeta?.[specifier]?.optional === true
      if (!isOptional || kind !== 'dynamic') wrong.push(said(file, one))
    }
    expect(wrong).toEqual([])
    const declared = lean.flatMap((name) => Object.keys(manifestOf(name).dependencies ?? {}))
    expect(declared.filter((name) => !name.startsWith('@facet/'))).toEqual([])
  })

  it('load nothing of Node with the first entry of a package that runs in pages', () => {
    const ofNode = lean.flatMap((name) =>
      [...loadedWith(graph, `packages/${name}/src/index.ts`)].filter((file) =>
        graph.get(file)!.some(({ specifier, kind }) => kind === 'runtime' && specifier.startsWith('node:')),
      ),
    )
    expect(ofNode).toEqual([])
  })
})

describe('reading imports', () => {
  it.each<[string, ImportKind]>([
    ["import { a } from 'm'", 'runtime'],
    ["import a from 'm'", 'runtime'],
    ["import * as a from 'm'", 'runtime'],
    ["import 'm'", 'runtime'],
    ["import { type A, b } from 'm'", 'runtime'],
    ["export { a } from 'm'", 'runtime'],
    ["export * from 'm'", 'runtime'],
    ["const a = await import('m')", 'dynamic'],
    ["import type { A } from 'm'", 'types'],
    ["import type A from 'm'", 'types'],
    ["import { type A, type B } from 'm'", 'types'],
    ["export type { A } from 'm'", 'types'],
    ["export type * from 'm'", 'types'],
    ["export { type A } from 'm'", 'types'],
    ["let a: import('m').A", 'types'],
    ["let a: typeof import('m')", 'types'],
  ])('%s: %s', (text, kind) => {
    expect(importsOf(text)).toEqual([{ specifier: 'm', kind }])
  })

  it('finds no import in comments and texts', () => {
    expect(importsOf("// import { a } from 'm'\nconst text = `import 'm'`")).toEqual([])
  })

  it('finds circles, each once, and leaves out those of other kinds of import', () => {
    const of = (specifier: string, kind: ImportKind = 'runtime'): Import => ({ specifier, kind })
    const small = new Map([
      ['a.ts', [of('./b.ts')]],
      ['b.ts', [of('./c.ts'), of('./d.ts')]],
      ['c.ts', [of('./a.ts')]],
      ['d.ts', [of('./e.ts')]],
      ['e.ts', [of('./d.ts', 'types')]],
    ])
    expect(circles(small, ['runtime'])).toEqual([['a.ts', 'b.ts', 'c.ts']])
    expect(circles(small, ['runtime', 'types'])).toEqual([
      ['a.ts', 'b.ts', 'c.ts'],
      ['d.ts', 'e.ts'],
    ])
    expect(circles(withoutImports(small, [['b.ts', 'c.ts']]), ['runtime'])).toEqual([])
    expect([...loadedWith(small, 'd.ts')]).toEqual(['d.ts', 'e.ts'])
  })
})
