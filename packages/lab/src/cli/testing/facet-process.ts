import { type ChildProcess, spawn } from 'node:child_process'
import { bundleOf } from '../../testing/starts.ts'

export interface Ended {
  /** `null` after a signal that it did not catch. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** The command in a process of its own, which can be killed. */
export interface FacetProcess {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  isOver(): boolean
}

export interface ProcessOptions {
  readonly cwd?: string
  /** Another command that starts it. */
  readonly through?: readonly string[]
  /** More arguments of Node. */
  readonly node?: readonly string[]
}

/** A shell in which no file may be larger than so many KiB. */
export const limited = (kibibytes: number): ProcessOptions => ({
  through: ['bash', '-c', `ulimit -f ${kibibytes}; exec "$@"`, 'bash'],
})

/** Starts the bundled command with these arguments; its workers are bundled as well. */
export function facetProcess(
  args: readonly string[],
  { cwd, through = [], node = [] }: ProcessOptions = {},
): FacetProcess {
  const whole = [...through, process.execPath, ...node, bundleOf('cli'), ...args]
  const child = spawn(whole[0], whole.slice(1), { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk) => (out += chunk))
  child.stderr.on('data', (chunk) => (err += chunk))
  let isOver = false
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code) => {
      isOver = true
      resolve({ code, out, err })
    }),
  )
  return { child, ended, isOver: () => isOver }
}
