import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Session, Status } from '../session/session.ts'
import { Store } from '../session/store.ts'
import { addressOf } from '../state/address.ts'
import { defaultState, type State } from '../state/state.ts'
import { type AddressBar, FollowedAddress, openingState } from './follow-address.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A window's address and a session as far as they are looked at. */
function page(state: State = defaultState, fragment = '') {
  const store = new Store(state)
  const onStatus = new Set<(status: Status) => void>()
  const session = {
    status: { step: state.step, goal: null, checksum: null } as Status,
    onStatus(listener: (status: Status) => void) {
      onStatus.add(listener)
      return () => void onStatus.delete(listener)
    },
  }
  const changes = new Set<() => void>()
  const written: string[] = []
  let shown = fragment
  const bar: AddressBar = {
    get fragment() {
      return shown
    },
    replace(next) {
      shown = next
      written.push(next)
    },
    onChange(listener) {
      changes.add(listener)
      return () => void changes.delete(listener)
    },
  }
  const address = new FollowedAddress(store, session as unknown as Session, bar, null)
  return {
    store,
    address,
    written,
    say(status: Partial<Status>) {
      session.status = { ...session.status, ...status }
      for (const listener of onStatus) listener(session.status)
    },
    go(next: string) {
      shown = next
      for (const listener of changes) listener()
    },
    listeners: () => onStatus.size + changes.size,
  }
}

describe('openingState', () => {
  const first = { ...defaultState, step: 7 }

  it('is the first preset where the address says no state', () => {
    expect(openingState('', first)).toEqual({ state: first, problem: null })
    expect(openingState('#main', first)).toEqual({ state: first, problem: null })
  })

  it('is that of the address otherwise', () => {
    expect(openingState('#set=moons', first).state.recipe.data.set).toBe('moons')
    expect(openingState('#set=sun', first).problem).toContain('set: expected one of')
  })
})

describe('FollowedAddress', () => {
  it('writes the state into the address, at most twice a second', () => {
    const { store, written } = page()
    for (let i = 1; i <= 10; i++) {
      store.dispatch(['view', { azimuth: i }])
      vi.advanceTimersByTime(100)
    }
    expect(written).toEqual(['#set=circle&azimuth=5', '#set=circle&azimuth=10'])
  })

  it('writes the checksum when the weights are there', () => {
    const { written, say } = page({ ...defaultState, step: 3 })
    vi.advanceTimersByTime(500)
    say({ step: 3, checksum: '1a2b3c4d' })
    vi.advanceTimersByTime(500)
    expect(written).toEqual(['#set=circle&step=3', '#set=circle&step=3&weights=1a2b3c4d'])
  })

  it('does not write every step while it plays, but where it is when the view is another', () => {
    const { store, written, say } = page()
    store.dispatch(['play', true])
    vi.advanceTimersByTime(500)
    for (let step = 1; step < 100; step++) {
      say({ step, checksum: null })
      vi.advanceTimersByTime(100)
    }
    expect(written).toEqual(['#set=circle'])
    store.dispatch(['view', { part: 'encoder' }])
    vi.advanceTimersByTime(500)
    expect(written.at(-1)).toBe('#set=circle&step=99&part=encoder')
  })

  it('keeps what a link promised, though the weights are others', () => {
    const { written, say, address } = page({ ...defaultState, step: 3, promised: '00000001' })
    say({ step: 3, checksum: '1a2b3c4d' })
    vi.advanceTimersByTime(500)
    expect(written).toEqual(['#set=circle&step=3&weights=00000001'])
    // A link that is copied promises what there is.
    expect(address.fragment).toBe('#set=circle&step=3&weights=1a2b3c4d')
  })

  it('opens an address that someone else chose, and says what is wrong in it', () => {
    const { store, go, address } = page()
    const heard = vi.fn()
    address.onProblem(heard)
    go('#set=moons&seed=4&points=none')
    expect(store.state.recipe.data.set).toBe('moons')
    expect(store.state.recipe.seed).toBe(4)
    expect(address.problem).toContain('points: expected')
    go('#set=arcs')
    expect(address.problem).toBeNull()
    expect(heard).toHaveBeenCalledTimes(2)
  })

  it('does not open what it wrote itself, nor the mark of a place in the page', () => {
    const { store, go, written } = page()
    store.dispatch(['seed', 5])
    vi.advanceTimersByTime(500)
    const { state } = store
    go(written[0])
    go('#heading-input')
    go('')
    expect(store.state).toBe(state)
  })

  it('does not compute the same run anew for another view', () => {
    const { store, go, say } = page({ ...defaultState, step: 3 })
    say({ step: 3, checksum: '1a2b3c4d' })
    const { recipe } = store.state
    go(`${addressOf(store.state, '1a2b3c4d')}&part=decoder`)
    expect(store.state.recipe).toBe(recipe)
    expect(store.state.view.part).toBe('decoder')
    go(`${addressOf(store.state, '00000001')}`)
    expect(store.state.recipe).not.toBe(recipe)
  })

  it('ends', () => {
    const { store, address, written, listeners } = page()
    address.end()
    store.dispatch(['seed', 5])
    vi.advanceTimersByTime(5000)
    expect(written).toEqual([])
    expect(listeners()).toBe(0)
  })
})
