// Programs that the matrix starts. Each has a process group of its own, so that none of its children outlives it, whatever way it ends.
import { spawn } from 'node:child_process'

const groups = new Set()

const stop = (child) => {
  if (!groups.delete(child)) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {}
}

export function stopAll() {
  for (const child of [...groups]) stop(child)
}

process.on('exit', stopAll)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))

/** Terminal colours, which some tools print to pipes as well. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what colours begin with.
const colours = /\x1b\[[0-9;]*m/g

/**
 * Starts a program: `ended` gives all that it prints and fails with it where the program does; `printed()` is what there is so far.
 */
export function start(command, args, { cwd, env = {}, signal } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  groups.add(child)
  const halt = () => stop(child)
  signal?.addEventListener('abort', halt)
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part) => (text += part.replace(colours, '')))
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      stop(child)
      signal?.removeEventListener('abort', halt)
      if (code === 0) resolve(text)
      else reject(new Error(`${[command, ...args].join(' ')} ended with ${code}\n${text}`))
    })
  })
  // Whoever only waits for a line of it does not look at how it ends.
  ended.catch(() => {})
  return { ended, printed: () => text, stop: halt }
}

/** What a program prints. @throws Error with all of it where it fails. */
export const run = (command, args, options) => start(command, args, options).ended
