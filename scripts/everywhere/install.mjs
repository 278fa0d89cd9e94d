import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './processes.mjs'

/** What tools are asked not to do: ask, tell, and look for newer ones of themselves. */
export const quiet = {
  CI: '1',
  DENO_NO_UPDATE_CHECK: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  NO_UPDATE_NOTIFIER: '1',
}

/** Makes a folder where npm has installed packed packages and the runtime's own tools. */
export async function install({ tools = {} }, folder, tarballs, signal) {
  const packed = Object.entries(tarballs).map(([name, file]) => [name, `file:${file}`])
  const manifest = {
    name: 'app',
    private: true,
    type: 'module',
    dependencies: { ...Object.fromEntries(packed), ...tools },
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest, null, 2))
  const flags = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  await run('npm', ['install', ...flags], { cwd: folder, env: quiet, signal })
}
