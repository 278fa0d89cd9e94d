import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** Which process of which machine. What a system does not tell is `null`. */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** The installation, of which two may have the same host name. */
  readonly machine: string | null
  /** Changes each time the machine starts. */
  readonly boot: string | null
  /** The namespace that the pid is of: another in each container. */
  readonly space: string | null
  /** When the process started, in ticks since the machine did: tells it from an older one that had the same pid. */
  readonly started: string | null
}

function orNull(f: () => string): string | null {
  try {
    return f()
  } catch {
    return null
  }
}

const textOf = (path: string): string | null => orNull(() => readFileSync(path, 'utf8').trim())

/** State and start of a process, from the fields after its name, which may hold anything but is the last in brackets. */
function statusOf(pid: number): { readonly state: string; readonly started: string } | null {
  const stat = textOf(`/proc/${pid}/stat`)
  if (stat === null) return null
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { state: fields[0], started: fields[19] }
}

/** This process. */
export const identityHere = (): ProcessIdentity => ({
  pid: process.pid,
  host: hostname(),
  machine: textOf('/etc/machine-id') || null,
  boot: textOf('/proc/sys/kernel/random/boot_id'),
  space: orNull(() => readlinkSync('/proc/self/ns/pid')),
  started: statusOf(process.pid)?.started ?? null,
})

/** The namespace of a machine's own processes, in no container: the kernel gives it this number. */
const outermostSpace = 'pid:[4026531836]'

/** Whether a process is at work; `unknown` for one that cannot be seen from here, as on another host. */
export function stateOf(other: ProcessIdentity): 'alive' | 'gone' | 'unknown' {
  const here = identityHere()
  if (other.host !== here.host || other.machine !== here.machine) return 'unknown'
  const isOutermost = other.space === outermostSpace && here.space === outermostSpace
  // The machine has been started anew since. Host names of containers are too often the same to say it of those.
  if (other.boot !== here.boot) return isOutermost && here.machine !== null ? 'gone' : 'unknown'
  if (other.space !== here.space) return 'unknown'
  return isAlive(other) ? 'alive' : 'gone'
}

function isAlive({ pid, started }: ProcessIdentity): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // One that we may not ask about is there.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const status = statusOf(pid)
  // Killed, and nobody has asked for its exit code yet: Z and X.
  if (status !== null && /[ZX]/.test(status.state)) return false
  return started === null || status === null || status.started === started
}
