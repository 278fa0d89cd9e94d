import { render } from 'preact'
import { App } from './page/app.tsx'
import { PageContext } from './session/hooks.ts'
import { Session } from './session/session.ts'
import { Store } from './session/store.ts'
import { defaultState } from './state/state.ts'
import { regionCountsOf } from './views/curves-regions.ts'

const store = new Store(defaultState)
const session = new Session(store)
// They are counted from the first picture on, also while the curves are not on the page.
regionCountsOf(session, store)
// For scripts of a lecture, and for tests: what the page is, and what it does.
Object.assign(globalThis, { explorer: { store, session } })
render(
  <PageContext.Provider value={{ store, session }}>
    <App />
  </PageContext.Provider>,
  document.getElementById('page')!,
)
