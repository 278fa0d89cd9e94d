import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { crc32 } from '@facet/tensor'
import { checksum } from './folder/checksum.ts'

/** Packages whose code numbers depend on. */
const packages = ['tensor', 'autograd', 'models', 'regularizers', 'geometry', 'data']

const isProgram = (name: string): boolean => /\.(ts|js|mjs|wasm)$/.test(name) && !/\.(test|d)\.ts$/.test(name)

function programsIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) {
        const isOther = entry.name === 'testing' || entry.name === 'node_modules'
        return isOther ? [] : programsIn(join(folder, entry.name)).map((name) => `${entry.name}/${name}`)
      }
      return isProgram(entry.name) ? [entry.name] : []
    })
}

/** Where a package's code lies; `null` where it is bundled with this. */
function folderOf(name: string): string | null {
  try {
    const folder = dirname(fileURLToPath(import.meta.resolve(`@facet/${name}`)))
    // A package that is bundled may be named by its manifest, and not be built.
    return existsSync(folder) ? folder : null
  } catch {
    return null
  }
}

/**
 * A fingerprint of the code that runs, files of tests left out: the same for the same build on any machine. Two builds of one version
 * may compute other numbers, and then their runs must not stand in one table.
 */
export function buildFingerprint(): string {
  const own = dirname(fileURLToPath(import.meta.url))
  const folders = [own, ...packages.map(folderOf)].filter((folder) => folder !== null)
  const sums = folders.flatMap((folder) =>
    programsIn(folder).map((name) => `${name} ${crc32(readFileSync(join(folder, name)))}`),
  )
  return checksum(sums.join('\n'))
}
