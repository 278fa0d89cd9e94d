import { render } from 'preact'
import { App } from './page/app.tsx'
import { PageContext } from './session/hooks.ts'
import { Session } from './session/session.ts'
import { Store } from './session/store.ts'
import { FollowedAddress, openingState, windowAddress } from './share/follow-address.ts'
import { AddressContext } from './share/share-context.ts'
import { weights, workers } from './start.ts'
import { presets } from './state/presets.ts'
import type { State } from './state/state.ts'
import { regionCountsOf } from './views/curves-regions.ts'

/** What decides the weights. */
const trainedAs = ({ recipe, step }: State): string => JSON.stringify([recipe, step])

const bar = windowAddress(window)
const { state, problem } = openingState(bar.fragment, presets[0].state)
const store = new Store(state)
const session = new Session(store, workers)
// Without them it is trained to them, which takes a second.
if (trainedAs(state) === trainedAs(presets[0].state)) session.showOpening(weights).catch(() => {})
// They are counted from the first picture on, also while the curves are not on the page.
regionCountsOf(session, store)
const address = new FollowedAddress(store, session, bar, problem)
// For scripts of a lecture, and for tests: what the page is, and what it does.
Object.assign(globalThis, { explorer: { store, session } })
render(
  <PageContext.Provider value={{ store, session }}>
    <AddressContext.Provider value={address}>
      <App />
    </AddressContext.Provider>
  </PageContext.Provider>,
  document.getElementById('page')!,
)
