import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const packages = join(import.meta.dirname, '..', 'packages')

it('a copy of a package calls itself by the name and version of its manifest', () => {
  const said = readdirSync(packages).flatMap((folder) => {
    const { name, version } = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'))
    const sources = (readdirSync(join(packages, folder, 'src'), { recursive: true }) as string[])
      .filter((file) => /^cop(y|ies)\.ts$/.test(file))
      .map((file) => readFileSync(join(packages, folder, 'src', file), 'utf8'))
    return sources.flatMap((text) =>
      [...text.matchAll(/= aCopy\('(.*)', '(.*)'\)/g)].map(([, ...copy]) => ({
        copy,
        manifest: [name, version],
      })),
    )
  })
  expect(said.map(({ copy }) => copy[0])).toEqual(['@facet/models', '@facet/tensor'])
  for (const { copy, manifest } of said) expect(copy).toEqual(manifest)
})
