import { useContext, useEffect, useRef, useState } from 'preact/hooks'
import { PageContext, useStatus, useStore } from '../session/hooks.ts'
import { regionCountsOf } from '../views/curves-regions.ts'
import { useScheme } from '../views/plane-scheme.ts'
import { copyText } from './copy-text.ts'
import { download } from './download.ts'
import { fileName } from './file-name.ts'
import { NodeDialog } from './node-dialog.tsx'
import type { PageShown } from './page-shown.ts'
import type { PictureName } from './saving.ts'
import './share.css'
import { useAddress } from './share-context.ts'
import { standing } from './standing.ts'

const pictureTitles: Readonly<Record<PictureName, string>> = {
  input: 'Input plane',
  latent: 'Latent plane',
  surface: 'Surface',
  curves: 'Curves',
}

/** Milliseconds that a sentence stays. */
const STAYS = 6000

/** What is loaded when something is saved. */
const saving = () => import('./saving.ts')

/** Links, pictures, the model, a report and the program of what the page shows. */
export function ShareBar() {
  const { store, session } = useContext(PageContext)!
  const address = useAddress()
  const scheme = useScheme()
  const { state } = useStore()
  const status = useStatus()
  const [said, say] = useSaid()
  const [isOpen, setIsOpen] = useState(false)
  const [link, setLink] = useState<string | null>(null)
  const [program, setProgram] = useState<string | null>(null)
  const { bottleneck } = state.recipe.model
  const shown = (): PageShown => ({
    state: store.state,
    status: session.status,
    frame: session.frame,
    curve: session.curve,
    counts: regionCountsOf(session, store),
    scheme,
    page: location.href.replace(/#.*$/s, ''),
    checksum: address.checksum,
  })
  const copyLink = async () => {
    const { page } = shown()
    const text = page + address.fragment
    const isCopied = await copyText(text)
    setLink(isCopied ? null : text)
    say(isCopied ? 'Link copied.' : '')
  }
  /** Does something with what the page shows when it stands still. */
  const act = (f: (shown: PageShown) => Promise<string> | string) => async () => {
    say('…')
    try {
      await standing(store, session)
      say(await f(shown()))
    } catch (error) {
      say(error instanceof Error ? error.message : String(error))
    }
  }
  const saved = (name: string) => `Saved ${name}.`
  const saveModel = act(async (page) => {
    const { bytes } = await session.saveModel()
    const name = fileName(page, '.safetensors')
    download(name, bytes, 'application/octet-stream')
    return saved(name)
  })
  const openProgram = act(async (page) => {
    setProgram((await saving()).programOf(page))
    return ''
  })
  return (
    <section class="share" aria-label="Share">
      <button type="button" onClick={copyLink}>
        Copy link
      </button>
      <button type="button" popovertarget="save">
        Save
      </button>
      <div
        id="save"
        class="save-menu"
        popover="auto"
        role="dialog"
        aria-labelledby="heading-save"
        onToggle={({ newState }) => setIsOpen(newState === 'open')}
      >
        <h2 id="heading-save">Save</h2>
        <dl>
          {(Object.keys(pictureTitles) as PictureName[])
            .filter((name) => name === 'input' || !state.view.hidden.includes(name))
            .map((name) => {
              const title = name === 'latent' && bottleneck === 1 ? 'Latent line' : pictureTitles[name]
              return (
                <div key={name}>
                  <dt>{title}</dt>
                  <dd>
                    <button
                      type="button"
                      aria-label={`${title} as SVG`}
                      onClick={act(async (page) => saved((await saving()).saveSvg(page, name)))}
                    >
                      SVG
                    </button>
                    <button
                      type="button"
                      aria-label={`${title} as PNG`}
                      onClick={act(async (page) => saved(await (await saving()).savePng(page, name)))}
                    >
                      PNG
                    </button>
                  </dd>
                </div>
              )
            })}
          <div>
            <dt>Model</dt>
            <dd>
              <button type="button" aria-label="Model as safetensors" onClick={saveModel}>
                safetensors
              </button>
            </dd>
          </div>
          <div>
            <dt>Report</dt>
            <dd>
              <button
                type="button"
                aria-label="Report as HTML"
                onClick={act(async (page) => saved((await saving()).saveReport(page)))}
              >
                HTML
              </button>
            </dd>
          </div>
        </dl>
        <output>{isOpen ? said : ''}</output>
        <button type="button" popovertarget="save" popovertargetaction="hide">
          Close
        </button>
      </div>
      <button type="button" onClick={openProgram}>
        Open in Node
      </button>
      <span class="weights" title="Checksum of all weights: the same digits mean the same bits">
        weights <code>{status.checksum ?? '…'}</code>
      </span>
      <output class="said">{isOpen ? '' : said}</output>
      {link !== null && <LinkToCopy link={link} onClose={() => setLink(null)} />}
      {program !== null && <NodeDialog program={program} onClose={() => setProgram(null)} />}
    </section>
  )
}

/** A sentence that goes away by itself. */
function useSaid(): readonly [string, (sentence: string) => void] {
  const [said, say] = useState('')
  useEffect(() => {
    if (said === '' || said === '…') return
    const timer = setTimeout(() => say(''), STAYS)
    return () => clearTimeout(timer)
  }, [said])
  return [said, say]
}

/** The link, selected, where the page may not use the clipboard. */
function LinkToCopy({ link, onClose }: { readonly link: string; readonly onClose: () => void }) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  return (
    <label class="link-to-copy">
      The browser keeps its clipboard to itself. Copy this:
      <input ref={field} type="text" readOnly value={link} />
      <button type="button" onClick={onClose}>
        Done
      </button>
    </label>
  )
}
