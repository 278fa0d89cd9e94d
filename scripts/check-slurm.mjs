// Whether an experiment in the shards of a Slurm job array, of which one task is killed with -9 and requeued, comes to the same bytes as
// in one run: on a real Slurm of this machine, which scripts/slurm/start.sh starts. Needs root, and Debian's slurm-wlm and munge.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const began = performance.now()
const seconds = () => Math.round((performance.now() - began) / 1000)

const root = join(import.meta.dirname, '..')
const base = mkdtempSync(join(tmpdir(), 'facet-slurm-'))
// The user munge passes through it.
chmodSync(base, 0o711)
const cluster = join(base, 'cluster')
const results = join(base, 'results')
const command = [process.execPath, '--conditions=facet-source', '--import', 'tsx', 'packages/lab/src/cli.ts']
/** 33 runs of about half a second: a task has eight, and is killed in the midst of them. */
const experiment = [
  ...['reproduce', '--sets', 'CBF', '--models', 'ae,denoising', '--sigma', '0.1,1,2', '--runs', '8'],
  ...['--epochs', '40', '--samples', '100', '--hidden', '16', '--bottleneck', '4'],
]
const shards = [0, 1, 2, 3]
const killed = 2
/** Seconds for the four tasks of a machine of two cores that is busy otherwise as well. */
const longest = 150

const env = {
  ...process.env,
  SLURM_CONF: join(cluster, 'slurm.conf'),
  FACET: command.join(' '),
}
const run = (file, args) =>
  execFileSync(file, args, { cwd: root, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
const facet = (...args) => run(command[0], [...command.slice(1), ...args])
const folderOf = (shard) => join(results, `shard-${shard}`)
const linesIn = (path) => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0)

async function until(what, isSo) {
  const end = Date.now() + 1000 * longest
  while (!isSo()) {
    if (Date.now() > end) throw new Error(`not within ${longest} s: ${what}`)
    await sleep(100)
  }
}

/** The state of each task of a job, by its number. */
function statesOf(job) {
  const lines = run('squeue', ['--noheader', '--array', '--states=all', '--format=%K %T', `--jobs=${job}`])
    .trim()
    .split('\n')
  return Object.fromEntries(lines.map((line) => line.trim().split(' ')))
}

async function check() {
  mkdirSync(results)
  run('bash', ['scripts/slurm/start.sh', cluster])
  facet(...experiment, '--out', join(base, 'one'))
  const log = join(base, 'task-%a.log')
  const job = run('sbatch', [
    '--parsable',
    '--array=0-3',
    `--output=${log}`,
    'deploy/slurm-array.sh',
    results,
    ...experiment,
  ]).trim()
  console.log(`${seconds()} s: one run is done, job ${job} is submitted`)
  const logPath = join(folderOf(killed), 'runs.jsonl')
  await until(`three runs of task ${killed}`, () => linesIn(logPath) > 3)
  process.kill(JSON.parse(readFileSync(join(folderOf(killed), '.facet-lock'), 'utf8')).pid, 'SIGKILL')
  await until(`task ${killed} has ended`, () => statesOf(job)[killed] === 'FAILED')
  const before = linesIn(logPath) - 1
  console.log(`${seconds()} s: task ${killed} was killed with -9 after ${before} of its runs`)
  run('scontrol', ['requeue', `${job}_${killed}`])
  await until('all tasks have ended', () =>
    Object.values(statesOf(job)).every((state) => state === 'COMPLETED'),
  )
  const said = readFileSync(join(base, `task-${killed}.log`), 'utf8')
  if (!new RegExp(`^${before} of \\d+ done; left`, 'm').test(said))
    throw new Error(`task ${killed} did not go on:\n${said}`)
  const whole = join(base, 'whole')
  facet('merge', ...shards.toReversed().map(folderOf), '--out', whole)
  for (const name of ['experiment.yaml', 'results.jsonl', 'table.md']) {
    if (!readFileSync(join(whole, name)).equals(readFileSync(join(base, 'one', name))))
      throw new Error(`${name} differs`)
  }
  console.log(`${seconds()} s: merged: the same bytes of results.jsonl and table.md as in one run`)
}

let isRight = false
try {
  await check()
  isRight = true
} catch (error) {
  console.error(`check-slurm: ${error.message}`)
  for (const name of readdirSync(base).filter((file) => file.endsWith('.log'))) {
    console.error(`${name}:\n${readFileSync(join(base, name), 'utf8').split('\n').slice(-12).join('\n')}`)
  }
} finally {
  if (existsSync(cluster)) run('bash', ['scripts/slurm/stop.sh', cluster])
  // Daemons write there until they have ended.
  rmSync(base, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
}
process.exitCode = isRight ? 0 : 1
