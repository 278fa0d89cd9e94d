// Packs every package as it would be published, into the folder that is named (`packed` by default): `npx pnpm pack:all <folder>`. pnpm
// writes the ranges between packages; `.pnpmfile.cjs` says what else of a manifest is not for outsiders. Run after `pnpm build`.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** The tarballs in a folder of packed packages, by the names of the packages. */
export const packedIn = (folder) =>
  Object.fromEntries(
    readdirSync(join(root, 'packages')).map((place) => {
      const { name, version } = JSON.parse(
        readFileSync(join(root, 'packages', place, 'package.json'), 'utf8'),
      )
      return [name, resolve(folder, `${name.slice(1).replace('/', '-')}-${version}.tgz`)]
    }),
  )

/** Packs all packages into a folder; their tarballs by the names of the packages. */
export function pack(folder) {
  mkdirSync(folder, { recursive: true })
  const run = process.platform === 'win32' ? 'npx.cmd' : 'npx'
  for (const place of readdirSync(join(root, 'packages')))
    execFileSync(run, ['pnpm', '-C', join('packages', place), 'pack', '--pack-destination', folder], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  return packedIn(folder)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const file of Object.values(pack(resolve(process.argv[2] ?? 'packed')))) console.log(file)
}
