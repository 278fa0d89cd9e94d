import type { Hearers } from './messages.ts'

/** The global of a worker, as far as it is used: the types of pages know no workers. */
interface WorkerScope {
  readonly name: string
  onmessage: ((event: MessageEvent) => void) | null
  postMessage(message: unknown, transfer?: Transferable[]): void
}

export const scope = globalThis as unknown as WorkerScope

/** Hears what the page says, and takes the port to the other worker. */
export function hear<T>(hearers: Hearers<T>, takePort: (port: MessagePort) => void): void {
  scope.onmessage = ({ data: [kind, value] }: MessageEvent<readonly [keyof T | 'port', never]>) => {
    if (kind === 'port') takePort(value)
    else hearers[kind](value)
  }
}

/** Says something to the page. */
export const say =
  <T>() =>
  <K extends keyof T>(kind: K, value: T[K], transfer: Transferable[] = []): void =>
    scope.postMessage([kind, value], transfer)

/** An error as a sentence. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
