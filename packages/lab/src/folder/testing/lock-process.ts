import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { bundleOf } from '../../testing/starts.ts'

/** A process of its own that takes and gives back locks. */
export interface LockProcess {
  readonly child: ChildProcess
  /** @returns `in`, or why it is not. */
  take(path: string): Promise<string>
  giveBack(): Promise<string>
  kill(): Promise<void>
}

/** Starts a process that takes locks, perhaps through another command, as `['unshare', '--uts']`. */
export function lockProcess(through: readonly string[] = []): LockProcess {
  const [command, ...args] = [...through, process.execPath, bundleOf('take-locks')]
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]()
  const ask = async (line: string): Promise<string> => {
    child.stdin!.write(`${line}\n`)
    const { value } = await lines.next()
    return value as string
  }
  return {
    child,
    take: ask,
    giveBack: () => ask(''),
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
