import { dirname } from 'node:path'

/**
 * The folder that a person was in, where a package manager ran the script `facet` or `start` of this workspace from its root: paths of the
 * command line are meant from there. `undefined` for any other way to start it.
 */
export function startedIn(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): string | undefined {
  const { INIT_CWD, npm_lifecycle_event: script, npm_package_json: manifest, npm_package_name: name } = env
  const isOurs = name === 'facet' && (script === 'facet' || script === 'start')
  const isAtRoot = manifest === undefined || dirname(manifest) === cwd
  return isOurs && isAtRoot && INIT_CWD !== cwd ? INIT_CWD : undefined
}
