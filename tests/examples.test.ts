import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { asModule, findBlocks, findExamples } from './examples.ts'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'tests', '.generated')
const entries = ['tensor', 'autograd', 'models', 'geometry', 'regularizers', 'data', 'data/node'].map(
  (name) => `@facet/${name}`,
)
const examples = [
  ...findExamples(join(root, 'packages')).filter(({ file }) => !file.includes('/lab/')),
  ...['docs/library.md', 'docs/command.md'].flatMap((page) => findBlocks(join(root, page))),
]
/** Names an example may use without importing them, and where they come from. */
const exported = new Map<string, string>(
  Object.entries({
    mkdtemp: 'node:fs/promises',
    writeFile: 'node:fs/promises',
    tmpdir: 'node:os',
    join: 'node:path',
  }),
)

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  for (const entry of entries) {
    for (const name of Object.keys(await import(entry))) if (!exported.has(name)) exported.set(name, entry)
  }
  mkdirSync(folder, { recursive: true })
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('every @example of a docstring and every block of docs/library.md and docs/command.md runs', () => {
  it('and there are many', () => {
    expect(examples.length).toBeGreaterThan(40)
  })

  it.each(
    examples.map((example, i) => [`${relative(root, example.file)}:${example.line}`, example, i] as const),
  )('%s', async (_where, { code }, i) => {
    const path = join(folder, `example-${i}.ts`)
    writeFileSync(path, asModule(code, exported))
    await import(path)
  })
})
