import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileNames } from '../model/files.ts'
import { exitCode } from './exit-code.ts'
import { facet } from './testing/facet.ts'
import { type Ended, facetProcess, limited, type ProcessOptions } from './testing/facet-process.ts'
import { contentsOf, hasBegun, linesIn, runsLogged } from './testing/moments.ts'

let base: string
let straight: { readonly run: Record<string, string>; readonly model: Record<string, string> }

const begin = [
  'reproduce',
  '--sets',
  'SyntheticControl',
  '--models',
  'ae',
  '--epochs',
  '1',
  '--hidden',
  '4',
  '--bottleneck',
  '2',
  '--runs',
  '12',
  '--samples',
  '24',
  '--jobs',
  '1',
  '--out',
]
const train = () => [
  'train',
  '--data',
  join(base, 'rows.csv'),
  '--epochs',
  '1500',
  '--hidden',
  '48',
  '--bottleneck',
  '4',
  '--out',
]

const canMount = spawnSync('unshare', ['--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0
const isRoot = process.getuid?.() === 0

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'facet-disk-'))
  chmodSync(base, 0o755)
  const rows = Array.from({ length: 120 }, (_, i) =>
    Array.from({ length: 12 }, (__, j) => Math.sin(i * (j + 1)).toFixed(3)).join(','),
  )
  writeFileSync(join(base, 'rows.csv'), `${rows.join('\n')}\n`)
  const [run, model] = [join(base, 'run'), join(base, 'model')]
  expect((await facet(...begin, run)).code).toBe(exitCode.ok)
  expect((await facet(...train(), model)).code).toBe(exitCode.ok)
  straight = { run: contentsOf(run), model: contentsOf(model) }
}, 600_000)
afterAll(() => rmSync(base, { recursive: true }))

/** The file, the cause, the command that goes on, and nothing else. */
function expectTold({ code, err }: Ended, path: string, cause: RegExp, command: string): void {
  const [last] = err.trimEnd().split('\n').slice(-1)
  expect(last).toMatch(/^facet: cannot (write|read|look at|remove|go on in) /)
  expect(last).toContain(path)
  expect(last).toMatch(cause)
  expect(last).toContain(`to go on: ${command} --resume ${path}`)
  expect(err).not.toMatch(/^ +at /m)
  expect(code).toBe(exitCode.failed)
}

/**
 * Starts the command, and lets something happen to its folder once it is ready and before it is finished: the command is stopped
 * for as long, and begun again where it was too quick.
 */
async function meanwhile(
  args: readonly string[],
  path: string,
  isReady: (folder: string) => boolean,
  happen: () => void,
  options?: ProcessOptions,
): Promise<Ended> {
  for (;;) {
    const { child, ended, isOver } = facetProcess(args, options)
    while (!isOver() && !isReady(path)) await sleep(2)
    child.kill('SIGSTOP')
    const isFinished = ['results.jsonl', fileNames.weights].some((name) => hasBegun(name)(path))
    if (!isFinished && !isOver()) happen()
    child.kill('SIGCONT')
    if (!isFinished) return ended
    await ended
    for (const name of readdirSync(path)) rmSync(join(path, name))
  }
}

describe('a disk that fails under way', () => {
  it('for a file may be no larger: finished runs stay, and it goes on to the same bytes', async () => {
    const path = join(base, 'limit')
    // The log of 13 runs is 15 KB.
    const ended = await facetProcess([...begin, path], limited(12)).ended
    expectTold(
      ended,
      path,
      /runs\.jsonl: EFBIG: the file would be larger than the limit \(ulimit -f\)/,
      'facet run',
    )
    const kept = linesIn(join(path, 'runs.jsonl')) - 1
    expect(kept).toBeGreaterThan(0)
    const resumed = await facet('run', '--resume', path, '--jobs', '1')
    expect(resumed.err).toContain(`${kept} of 13 done`)
    expect(contentsOf(path)).toEqual(straight.run)
  })

  it.runIf(canMount && isRoot)('for it is full: the same, for an experiment and a training', async () => {
    const disk = join(base, 'disk')
    mkdirSync(disk)
    const mount = (options: string) =>
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]).status).toBe(0)
    try {
      mount('size=24k')
      const path = join(disk, 'run')
      const ended = await facetProcess([...begin, path]).ended
      expectTold(ended, path, /ENOSPC: no space is left on the disk/, 'facet run')
      mount('remount,size=10m')
      expect((await facet('run', '--resume', path, '--jobs', '1')).code).toBe(exitCode.ok)
      expect(contentsOf(path)).toEqual(straight.run)
      mount('remount,size=1200k')
      const model = join(disk, 'model')
      writeFileSync(join(disk, 'filling'), Buffer.alloc(1000 * 1024))
      expectTold(
        await facetProcess([...train(), model]).ended,
        model,
        /ENOSPC: no space is left on the disk/,
        'facet train',
      )
      rmSync(join(disk, 'filling'))
      mount('remount,size=10m')
      expect((await facet('train', '--resume', model)).code).toBe(exitCode.ok)
      expect(contentsOf(model)).toEqual(straight.model)
    } finally {
      spawnSync('umount', ['-l', disk])
    }
  })

  it('for its folder was removed, or moved: nothing is made in its place, and it goes on once that is back', async () => {
    const path = join(base, 'moved')
    const away = join(base, 'away')
    const ended = await meanwhile([...begin, path], path, runsLogged(2), () => renameSync(path, away))
    expectTold(ended, path, /it was removed/, 'facet run')
    expect(existsSync(path)).toBe(false)
    renameSync(away, path)
    expect((await facet('run', '--resume', path, '--jobs', '1')).code).toBe(exitCode.ok)
    expect(contentsOf(path)).toEqual(straight.run)

    const model = join(base, 'moved-model')
    const stopped = await meanwhile([...train(), model], model, hasBegun('checkpoint.safetensors'), () =>
      renameSync(model, away),
    )
    expectTold(stopped, model, /it was removed/, 'facet train')
    renameSync(away, model)
    expect((await facet('train', '--resume', model)).code).toBe(exitCode.ok)
    expect(contentsOf(model)).toEqual(straight.model)
  })

  // Everything is permitted to root.
  it.runIf(isRoot)('for its folder was made read-only: the same', async () => {
    const path = join(base, 'readonly')
    mkdirSync(path)
    chownSync(path, 65534, 65534)
    const asNobody = { node: ['--import', 'data:text/javascript,process.setuid(65534)'] }
    const ended = await meanwhile(
      [...begin, path],
      path,
      runsLogged(2),
      () => chmodSync(path, 0o555),
      asNobody,
    )
    expectTold(ended, path, /EACCES: permission is denied/, 'facet run')
    chmodSync(path, 0o755)
    const resumed = await facet('run', '--resume', path, '--jobs', '1')
    expect(resumed.code).toBe(exitCode.ok)
    expect(contentsOf(path)).toEqual(straight.run)
    expect(readFileSync(join(path, 'results.jsonl'), 'latin1')).toBe(straight.run['results.jsonl'])
  })
})
