/** The longest that training may hold the event loop, in milliseconds. */
const sliceMilliseconds = 12

interface HostLoop {
  readonly setImmediate?: (callback: () => void) => unknown
}

/**
 * Lets the event loop run once: timers, messages, fetches and events that are due get their turn.
 *
 * In pages and workers by a message, which is an ordinary task and waits its turn among them. Not by `scheduler.yield()`, which goes on
 * before ordinary tasks: in Chromium not one timer came through 20,000 steps. Nor by `setTimeout`: browsers hold nested timers back
 * to 4 ms each. A timer is what is left where there are no messages, as in jsdom.
 */
export function yieldToEventLoop(): Promise<void> {
  const { setImmediate } = globalThis as HostLoop
  if (setImmediate !== undefined) return new Promise((resolve) => void setImmediate(resolve))
  if (typeof MessageChannel === 'undefined') return new Promise((resolve) => void setTimeout(resolve))
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/** Says when the slice of time is used up: before the next piece of work, taken to be as long as the last. */
export class Slice {
  #start = performance.now()
  #last = this.#start

  /** Call after each piece of work; waits for the event loop when the next piece would hold it for too long. */
  async breathe(): Promise<void> {
    const now = performance.now()
    const piece = now - this.#last
    this.#last = now
    if (now - this.#start + piece < sliceMilliseconds) return
    await yieldToEventLoop()
    this.#start = this.#last = performance.now()
  }

  /** Work in pieces, with a breath after each. */
  async run<T>(work: Generator<void, T, void>): Promise<T> {
    let next = work.next()
    while (!next.done) {
      await this.breathe()
      next = work.next()
    }
    return next.value
  }
}

/** Work in pieces, done at once. */
export function drained<T>(work: Generator<void, T, void>): T {
  let next = work.next()
  while (!next.done) next = work.next()
  return next.value
}
