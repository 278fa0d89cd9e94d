// Imports every entry of every built package as an outside program would: plain Node, no source condition.
// Run after `pnpm build`; exits 1 with the entry's name when one is missing, fails to load or exports nothing.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const packages = fileURLToPath(new URL('../packages', import.meta.url))
let broken = 0

for (const folder of readdirSync(packages)) {
  const { name, exports } = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'))
  for (const [entry, targets] of Object.entries(exports)) {
    // Source alone, for tests.
    if (targets.default === undefined) continue
    const label = entry === '.' ? name : `${name}/${entry.slice(2)}`
    try {
      if (!existsSync(join(packages, folder, targets.types)))
        throw new Error(`no declarations at ${targets.types}`)
      const module = await import(pathToFileURL(join(packages, folder, targets.default)).href)
      if (Object.keys(module).length === 0) throw new Error('exports nothing')
      console.log(`${label}: ${Object.keys(module).length} exports`)
    } catch (error) {
      broken++
      console.error(`${label}: ${error instanceof Error ? error.message : error}`)
    }
  }
}
process.exit(broken === 0 ? 0 : 1)
