import { render } from 'preact'
import { App } from './page/app.tsx'
import { PageContext } from './session/hooks.ts'
import { Session } from './session/session.ts'
import { Store } from './session/store.ts'
import { defaultState } from './state/state.ts'

const store = new Store(defaultState)
const session = new Session(store)
// For scripts of a lecture, and for tests: what the page is, and what it does.
Object.assign(globalThis, { explorer: { store, session } })
render(
  <PageContext.Provider value={{ store, session }}>
    <App />
  </PageContext.Provider>,
  document.getElementById('page')!,
)
