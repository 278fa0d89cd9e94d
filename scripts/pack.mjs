// Packs every package as it would be published, into the folder that is named (`packed` by default): `npx pnpm pack:all <folder>`. pnpm
// writes the ranges between packages; `.pnpmfile.cjs` says what else of a manifest is not for outsiders. Run after `pnpm build`.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Packs all packages into a folder; their tarballs by the names of the packages. */
export function pack(folder) {
  mkdirSync(folder, { recursive: true })
  const run = process.platform === 'win32' ? 'npx.cmd' : 'npx'
  return Object.fromEntries(
    readdirSync(join(root, 'packages')).map((name) => {
      const place = join('packages', name)
      const manifest = JSON.parse(readFileSync(join(root, place, 'package.json'), 'utf8'))
      execFileSync(run, ['pnpm', '-C', place, 'pack', '--pack-destination', folder], {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit'],
      })
      const file = `${manifest.name.slice(1).replace('/', '-')}-${manifest.version}.tgz`
      return [manifest.name, join(folder, file)]
    }),
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const file of Object.values(pack(resolve(process.argv[2] ?? 'packed')))) console.log(file)
}
