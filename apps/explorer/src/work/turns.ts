/** Calls a function again and again, letting messages come in between: timers of nested calls wait 4 ms, a message channel does not. */
export class Turns {
  readonly #channel = new MessageChannel()
  #timer: ReturnType<typeof setTimeout> | null = null
  #isDue = false

  constructor(turn: () => void) {
    this.#channel.port1.onmessage = () => {
      this.#isDue = false
      turn()
    }
  }

  /** Another turn, after so many milliseconds; one that is due already is not asked for twice. */
  next(wait = 0): void {
    if (this.#isDue) return
    this.#isDue = true
    const send = () => this.#channel.port2.postMessage(null)
    if (wait > 0) this.#timer = setTimeout(send, wait)
    else send()
  }

  /** The next turn at once, where it was waiting for its time. */
  hurry(): void {
    if (this.#timer === null) return
    clearTimeout(this.#timer)
    this.#timer = null
    if (this.#isDue) this.#channel.port2.postMessage(null)
  }
}
