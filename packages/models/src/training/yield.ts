/** The longest that training may hold the event loop, DESIGN: at least every 12 ms. */
const sliceMilliseconds = 12

interface HostScheduler {
  scheduler?: { yield?: () => Promise<void> }
  setImmediate?: (callback: () => void) => unknown
}

const host = globalThis as HostScheduler

/**
 * Lets the event loop run once. Never `setTimeout`: browsers hold nested timers back to 4 ms each.
 */
export function yieldToEventLoop(): Promise<void> {
  if (host.scheduler?.yield) return host.scheduler.yield()
  return new Promise((resolve) => {
    if (host.setImmediate) {
      host.setImmediate(resolve)
    } else {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        resolve()
      }
      port2.postMessage(null)
    }
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
}
