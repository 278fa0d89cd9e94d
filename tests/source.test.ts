import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { citationsOf, sectionsOf, writtenFiles } from './citations.ts'
import { exportsOf } from './documented.ts'

const root = join(import.meta.dirname, '..')

/** Lines of every TypeScript file of a folder, tests included, AssemblyScript as well, generated files not. */
function lengthsIn(folder: string): { readonly file: string; readonly lines: number }[] {
  const files = readdirSync(join(root, folder), { recursive: true }) as string[]
  const written = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.generated.ts'))
  return written.map((file) => {
    const text = readFileSync(join(root, folder, file), 'utf8')
    return { file: `${folder}/${file}`, lines: text.split('\n').length - 1 }
  })
}

describe.each(['packages/tensor/src', 'packages/autograd/src'])('the files of %s', (folder) => {
  const lengths = lengthsIn(folder)

  it('have 90 lines on average at most', () => {
    expect(lengths.length).toBeGreaterThan(20)
    const mean = lengths.reduce((sum, { lines }) => sum + lines, 0) / lengths.length
    expect(mean).toBeLessThanOrEqual(90)
  })

  it('have 400 lines each at most', () => {
    expect(lengths.filter(({ lines }) => lines > 400)).toEqual([])
  })
})

describe('docstrings', () => {
  it('say of every name that @facet/tensor exports what it is', { timeout: 60_000 }, () => {
    const exported = exportsOf('packages/tensor/src/index.ts')
    expect(exported.length).toBeGreaterThan(100)
    expect(exported.filter(({ isDocumented }) => !isDocumented).map(({ name }) => name)).toEqual([])
  })
})

describe('what files refer to', () => {
  const files = writtenFiles()

  it('is nothing that is not in the repository', () => {
    const unknown = files.filter(
      (file) =>
        file !== 'tests/source.test.ts' && /\b(SPEC|DESIGN)\b/.test(readFileSync(join(root, file), 'utf8')),
    )
    expect(unknown).toEqual([])
  })

  it('are sections of docs/mathematics.md and docs/architecture.md that are there', () => {
    const citations = files.flatMap(citationsOf)
    expect(citations.length).toBeGreaterThan(40)
    const sections = new Map(
      ['docs/mathematics.md', 'docs/architecture.md'].map((document) => [document, sectionsOf(document)]),
    )
    const wrong = citations.filter(({ document, section }) => !sections.get(document)!.has(section))
    expect(wrong).toEqual([])
  })
})
