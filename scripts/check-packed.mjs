// Packs every package and uses the tarballs as an outsider would: publint and attw look at each, npm (not pnpm) installs them all into an
// empty folder, one engine is there, the programs of the READMEs, the guides
// and docs/ run, and so does the command. Run after `pnpm build`.
import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { build, transformSync } from 'esbuild'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { pack } from './pack.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'facet-packed-')))
let broken = 0

/** What a program prints. @throws Error with all that it printed where it fails. */
function run(command, args, cwd = scratch) {
  try {
    return execFileSync(command, args, {
      cwd,
      encoding: 'utf8',
      timeout: 120_000,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  } catch ({ stdout, stderr }) {
    throw new Error(`${[command, ...args].join(' ')}\n${stdout}${stderr}`)
  }
}

async function check(label, look) {
  try {
    console.log(`${label}: ${await look()}`)
  } catch (error) {
    broken++
    console.error(`${label}: FAILED: ${error.message}`)
  }
}

/** Files of a tarball by name, their text. */
function filesOf(tarball) {
  const bytes = gunzipSync(readFileSync(tarball))
  const text = (from, length) => bytes.toString('utf8', from, from + length).replace(/\0.*$/s, '')
  const files = {}
  for (let at = 0; bytes[at] !== 0; ) {
    const size = parseInt(text(at + 124, 12), 8)
    files[text(at, 100).replace('package/', '')] = bytes.toString('utf8', at + 512, at + 512 + size)
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

/** @throws Error unless a package has what outsiders need, and nothing else. */
function expectContents(files) {
  const names = Object.keys(files)
  const manifest = JSON.parse(files['package.json'])
  const odd = names.filter(
    (name) => !/^(dist\/.*\.(js|d\.ts)|kernels\/.*\.(js|wasm)|package\.json|README\.md|LICENSE)$/.test(name),
  )
  if (odd.length > 0) throw new Error(`expected built files alone, got ${odd.join(', ')}`)
  for (const name of ['README.md', 'LICENSE']) if (!names.includes(name)) throw new Error(`no ${name}`)
  for (const field of ['description', 'keywords', 'license', 'engines'])
    if (manifest[field] === undefined) throw new Error(`no ${field}`)
  if (/workspace:|catalog:|facet-source|src\//.test(files['package.json']))
    throw new Error('its manifest names the workspace or its sources')
  for (const [name, range] of Object.entries(manifest.dependencies ?? {}))
    if (name.startsWith('@facet/') && !range.startsWith('^'))
      throw new Error(`${name}: expected a range that others can share, got ${range}`)
}

const enginesIn = (folder) =>
  run('find', ['node_modules', '-path', '*@facet/tensor/package.json'], folder).trim().split('\n')

const programsOf = (page, language) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, program]) => program)

/** Bundles a page's program with what an app has installed. */
async function bundles(file, app) {
  const { outputFiles } = await build({
    stdin: { contents: readFileSync(file, 'utf8'), resolveDir: app },
    bundle: true,
    minify: true,
    format: 'esm',
    external: ['gpu.js'],
    write: false,
    logLevel: 'silent',
  })
  return `bundles, ${Math.ceil(outputFiles[0].contents.length / 1000)} kB`
}

try {
  const tarballs = pack(join(scratch, 'packed'))
  for (const [name, tarball] of Object.entries(tarballs)) {
    const files = filesOf(tarball)
    await check(`${name}, its files`, () => {
      expectContents(files)
      return `${Object.keys(files).length}, ${Math.ceil(statSync(tarball).size / 1000)} kB packed`
    })
    await check(`${name}, publint`, async () => {
      const { messages, pkg } = await publint({
        pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer },
      })
      if (messages.length > 0)
        throw new Error(messages.map((message) => formatMessage(message, pkg)).join('\n'))
      return 'clean'
    })
    await check(`${name}, attw`, () => {
      run(process.execPath, [join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js'), tarball], root)
      return 'clean'
    })
  }

  const app = join(scratch, 'app')
  mkdirSync(app)
  writeFileSync(join(app, 'package.json'), '{ "name": "app", "private": true, "type": "module" }')
  await check('npm install', () => {
    run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', ...Object.values(tarballs)], app)
    const engines = enginesIn(app)
    if (engines.length !== 1) throw new Error(`expected one engine, got ${engines.join(', ')}`)
    return 'all packages, one engine'
  })
  const runs = (name, program) => {
    const file = join(app, `${name}.js`)
    writeFileSync(file, program)
    const printed = run(process.execPath, [file], app)
    return printed.trim() === '' ? 'runs' : `prints ${printed.split('\n')[0].slice(0, 60)}`
  }
  for (const name of Object.keys(tarballs).map((name) => name.split('/')[1])) {
    const programs = programsOf(readFileSync(join(root, 'packages', name, 'README.md'), 'utf8'), 'js')
    for (const [i, program] of programs.entries()) {
      await check(`README of ${name}, program ${i + 1}`, () => {
        const said = runs(i === 0 ? name : `${name}-${i + 1}`, program)
        if (said === 'runs') throw new Error('printed nothing')
        return said
      })
    }
  }
  for (const page of ['docs/library.md', 'docs/command.md']) {
    const programs = programsOf(readFileSync(join(root, page), 'utf8'), 'ts')
    for (const [i, program] of programs.entries()) {
      const code = transformSync(program, { loader: 'ts', format: 'esm' }).code
      await check(`${page}, program ${i + 1}`, () => runs(`page-${i + 1}`, code))
    }
  }
  // The README's program and those of docs/guides: tests/guides.test.ts holds the pages to these files.
  const examples = join(root, 'examples')
  for (const file of readdirSync(examples).filter(
    (file) => /\.mjs$/.test(file) && file !== 'vite.config.mjs',
  )) {
    const name = file.replace('.mjs', '')
    const isPage = existsSync(join(examples, `${name}.html`))
    await check(`examples/${file}`, () =>
      isPage ? bundles(join(examples, file), app) : runs(name, readFileSync(join(examples, file), 'utf8')),
    )
  }
  await check('a later engine', () => {
    const later = join(scratch, 'later')
    cpSync(join(app, 'node_modules/@facet/tensor'), later, { recursive: true })
    const manifest = join(later, 'package.json')
    const { version, ...fields } = JSON.parse(readFileSync(manifest, 'utf8'))
    writeFileSync(
      manifest,
      JSON.stringify({ ...fields, version: version.replace(/\d+$/, (patch) => +patch + 1) }),
    )
    const mixed = join(scratch, 'mixed')
    mkdirSync(mixed)
    writeFileSync(join(mixed, 'package.json'), '{ "name": "mixed", "private": true, "type": "module" }')
    const others = ['@facet/autograd', '@facet/models'].map((name) => tarballs[name])
    run(
      'npm',
      ['install', '--offline', '--no-audit', '--no-fund', '--install-links', later, ...others],
      mixed,
    )
    const engines = enginesIn(mixed)
    if (engines.length !== 1) throw new Error(`expected one engine, got ${engines.join(', ')}`)
    cpSync(join(app, 'models.js'), join(mixed, 'models.js'))
    run(process.execPath, ['models.js'], mixed)
    return `packages of ${version} share it`
  })
  await check('two engines', () => {
    const second = join(app, 'node_modules/@facet/models/node_modules/@facet/tensor')
    cpSync(join(app, 'node_modules/@facet/tensor'), second, { recursive: true })
    try {
      run(process.execPath, [join(app, 'models.js')], app)
    } catch (error) {
      const told = /Error: (.*two copies of @facet\/tensor are loaded.*)/.exec(error.message)?.[1]
      if (told === undefined) throw error
      return told
    } finally {
      rmSync(join(app, 'node_modules/@facet/models/node_modules'), { recursive: true })
    }
    throw new Error('expected an error that names them, got none')
  })
  await check('the command', () => {
    const rows = Array.from({ length: 60 }, (_, i) =>
      [Math.sin(i), Math.cos(i), Math.sin(i) + 1, i % 7].join(),
    )
    writeFileSync(join(app, 'my.csv'), ['a,b,c,d', ...rows].join('\n'))
    run('npx', ['facet', 'train', '--data', 'my.csv', '--out', 'model', '--epochs', '2'], app)
    return run('npx', ['facet', 'score', 'model', 'my.csv', '--out', 'scores.csv'], app)
      .trim()
      .split('\n')
      .at(-1)
  })
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
process.exit(broken === 0 ? 0 : 1)
