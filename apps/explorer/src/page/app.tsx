import { Transport } from '../controls/transport.tsx'
import { useStore } from '../session/hooks.ts'
import { ShareBar } from '../share/share-bar.tsx'
import { Summary } from '../views/summary.tsx'
import '../controls/controls.css'
import './colours.css'
import { ControlColumn, controlGroups } from './control-column.tsx'
import { Notices } from './notices.tsx'
import './page.css'
import { useMedia } from '../session/use-media.ts'
import { Tabs } from './tabs.tsx'
import { useTheme } from './theme.ts'
import { ViewSection } from './view-section.tsx'
import { views } from './views.ts'

/** Below this views are shown one at a time. */
const NARROW = '(max-width: 759px)'

const lines = ['upper', 'lower'] as const

/** What the pictures show, in words. */
const Words = () => (
  <section class="view view-summary" aria-labelledby="heading-summary">
    <h2 id="heading-summary">In words</h2>
    <Summary />
  </section>
)

/** The page. */
export function App() {
  const { state } = useStore()
  useTheme(state.view.theme)
  const isNarrow = useMedia(NARROW)
  const { hidden } = state.view
  const shown = views.filter(({ hiddenBy }) => hiddenBy === null || !hidden.includes(hiddenBy))
  const hasControls = controlGroups.some(({ name }) => !hidden.includes(name))
  const controls = { name: 'controls', title: 'Set up', content: () => <ControlColumn hidden={hidden} /> }
  return (
    <div class={`page ${isNarrow ? 'narrow' : 'wide'} ${hasControls ? '' : 'bare'}`}>
      <header>
        <h1>Facet explorer</h1>
        <Transport />
        {!hidden.includes('share') && <ShareBar />}
      </header>
      <Notices />
      {isNarrow ? (
        <main>
          <Tabs
            label="Views"
            initial="input"
            tabs={[
              ...(hasControls ? [controls] : []),
              ...shown.map((row) => ({
                name: row.name,
                title: row.tab,
                content: () => <ViewSection key={row.name} {...row} />,
              })),
            ]}
          />
          <Words />
        </main>
      ) : (
        <>
          {hasControls && (
            <aside aria-label="Controls">
              <ControlColumn hidden={hidden} />
            </aside>
          )}
          <main>
            {lines.map((line) => (
              <div key={line} class={`views ${line}`}>
                {shown
                  .filter((row) => row.line === line)
                  .map((row) => (
                    <ViewSection key={row.name} {...row} />
                  ))}
              </div>
            ))}
            <Words />
          </main>
        </>
      )}
    </div>
  )
}
