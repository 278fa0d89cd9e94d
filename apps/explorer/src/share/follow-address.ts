import type { Session } from '../session/session.ts'
import type { Store } from '../session/store.ts'
import { addressOf, saysState, stateOf } from '../state/address.ts'
import type { State } from '../state/state.ts'

/** What is used of the page's address. */
export interface AddressBar {
  /** The fragment with its `#`; empty without one. */
  readonly fragment: string
  /** Shows another fragment without a new entry of the history. */
  replace(fragment: string): void
  /** Someone else has changed it: a link, the history, or whoever types. @returns what ends it */
  onChange(listener: () => void): () => void
}

/** The window's own. Where the history may not be changed, as in some frames, the address stays as it is. */
export const windowAddress = (window: Window): AddressBar => ({
  get fragment() {
    return window.location.hash
  },
  replace(fragment) {
    try {
      window.history.replaceState(null, '', fragment)
    } catch {
      // The page works without.
    }
  },
  onChange(listener) {
    window.addEventListener('hashchange', listener)
    return () => window.removeEventListener('hashchange', listener)
  },
})

/** Milliseconds from one change of the address to the next: browsers allow 100 in 30 seconds. */
const PAUSE = 500

/** The state that a page opens with, and what its address says wrongly. An address that says none opens `first`. */
export const openingState = (
  fragment: string,
  first: State,
): { readonly state: State; readonly problem: string | null } =>
  saysState(fragment) ? stateOf(fragment) : { state: first, problem: null }

/** The page's address follows its state, and the state an address that someone else chose. */
export class FollowedAddress {
  /** What the address that was opened last says wrongly, in sentences. */
  problem: string | null
  readonly #store: Store
  readonly #session: Session
  readonly #bar: AddressBar
  readonly #listeners = new Set<() => void>()
  readonly #stops: readonly (() => void)[]
  #timer: ReturnType<typeof setTimeout> | null = null
  #written: string

  constructor(store: Store, session: Session, bar: AddressBar, problem: string | null) {
    this.problem = problem
    this.#store = store
    this.#session = session
    this.#bar = bar
    this.#written = bar.fragment
    this.#stops = [
      store.subscribe(() => this.#soon()),
      session.onStatus(({ checksum }) => {
        if (checksum !== null) this.#soon()
      }),
      bar.onChange(() => this.#open()),
    ]
    this.#soon()
  }

  /** The fragment of the page as it is, with the checksum of its weights where these are known. */
  get fragment(): string {
    return addressOf(this.#state, this.checksum)
  }

  /** While it plays the store does not follow the steps. */
  get #state(): State {
    const { state } = this.#store
    const { step, goal } = this.#session.status
    return state.isPlaying && goal === null ? { ...state, step, promised: null } : state
  }

  /** Of the weights after the state's step; `null` while it is on its way there, or plays. */
  get checksum(): string | null {
    const { state } = this.#store
    const { checksum, step } = this.#session.status
    return state.isPlaying || step !== state.step ? null : checksum
  }

  /** Calls `listener` where there is another problem. @returns what ends it */
  onProblem(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** The problem has been read. */
  dismiss(): void {
    this.#say(null)
  }

  /** Ends it. */
  end(): void {
    for (const stop of this.#stops) stop()
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#write()
    }, PAUSE)
  }

  #write(): void {
    // What a link promised stays in the address, kept or broken, until there are other weights.
    const state = this.#state
    const fragment = state.promised === null ? this.fragment : addressOf(state, null)
    if (fragment === this.#written) return
    this.#written = fragment
    this.#bar.replace(fragment)
  }

  #open(): void {
    const { fragment } = this.#bar
    // An address without a state is the mark of a place in the page.
    if (fragment === this.#written || !saysState(fragment)) return
    this.#written = fragment
    const { state, problem } = stateOf(fragment)
    this.#store.dispatch(['open', this.#withSameRun(state)])
    this.#say(problem)
  }

  /** The same recipe is not computed anew where only the view is another. */
  #withSameRun(state: State): State {
    const current = this.#store.state
    const isSame =
      JSON.stringify(state.recipe) === JSON.stringify(current.recipe) &&
      state.step === current.step &&
      (state.promised === null || state.promised === this.checksum)
    return isSame ? { ...state, recipe: current.recipe } : state
  }

  #say(problem: string | null): void {
    this.problem = problem
    for (const listener of [...this.#listeners]) listener()
  }
}
