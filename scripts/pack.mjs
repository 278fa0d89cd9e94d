// Packs every package as it would be published, into the folder that is named (`packed` by default): `npx pnpm pack:all <folder>`. pnpm
// writes the ranges between packages; `.pnpmfile.cjs` says what else of a manifest is not for outsiders. Run after `pnpm build`.
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Manifests of all packages by their folders' names. */
const manifests = Object.fromEntries(
  readdirSync(join(root, 'packages')).map((place) => [
    place,
    JSON.parse(readFileSync(join(root, 'packages', place, 'package.json'), 'utf8')),
  ]),
)

const all = Object.keys(manifests)

/** Folders of a package and of those that come with it. */
export function neededBy(name) {
  const needed = new Set([name])
  // A set is walked to what is added on the way.
  for (const one of needed) {
    const { dependencies = {} } = Object.values(manifests).find((manifest) => manifest.name === one)
    for (const other of Object.keys(dependencies)) if (other.startsWith('@facet/')) needed.add(other)
  }
  return all.filter((place) => needed.has(manifests[place].name))
}

/** Every entry of packages with the file that it is: `@facet/tensor/checks`, `@facet/tensor/dist/checks-entry.js`. */
export const entriesOf = (places) =>
  Object.fromEntries(
    places.flatMap((place) => {
      const { name, exports } = manifests[place]
      return Object.entries(exports)
        .filter(([, targets]) => targets.default !== undefined)
        .map(([entry, { default: file }]) => [`${name}${entry.slice(1)}`, `${name}${file.slice(1)}`])
    }),
  )

/** The tarballs in a folder of packed packages, by the names of the packages. */
export const packedIn = (folder, places = all) =>
  Object.fromEntries(
    places.map((place) => {
      const { name, version } = manifests[place]
      return [name, resolve(folder, `${name.slice(1).replace('/', '-')}-${version}.tgz`)]
    }),
  )

/** Packs packages into a folder; their tarballs by the names of the packages. */
export function pack(folder, places = all) {
  mkdirSync(folder, { recursive: true })
  const run = process.platform === 'win32' ? 'npx.cmd' : 'npx'
  for (const place of places)
    execFileSync(run, ['pnpm', '-C', join('packages', place), 'pack', '--pack-destination', folder], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  return packedIn(folder, places)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const file of Object.values(pack(resolve(process.argv[2] ?? 'packed')))) console.log(file)
}
