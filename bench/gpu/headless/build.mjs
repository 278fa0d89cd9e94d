// Compiles the binding of headless GL (the package gl), which brings ANGLE's libraries with it: 10 s. Needs a compiler, Python and the
// headers of Node, which lie beside it; nothing is downloaded.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
const home = dirname(require.resolve('gl/package.json'))

if (!existsSync(join(home, 'build/Release/webgl.node'))) {
  const prefix = dirname(dirname(process.execPath))
  if (!existsSync(join(prefix, 'include/node/node.h'))) {
    console.error(`headless: expected the headers of Node in ${join(prefix, 'include/node')}`)
    process.exit(1)
  }
  const nodeGyp = createRequire(join(home, 'package.json')).resolve('node-gyp/bin/node-gyp.js')
  const options = ['rebuild', `--nodedir=${prefix}`, '--loglevel=error']
  const { status, stdout, stderr } = spawnSync(process.execPath, [nodeGyp, ...options], { cwd: home })
  if (status !== 0) {
    console.error(`${stdout}${stderr}headless: node-gyp failed: it needs g++, make and python3`)
    process.exit(1)
  }
}
