import { useEffect, useRef, useState } from 'preact/hooks'
import { copyText } from './copy-text.ts'
import { download } from './download.ts'

/** The program that does in Node what the page does, to be copied or saved. */
export function NodeDialog({ program, onClose }: { readonly program: string; readonly onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [said, say] = useState('')
  useEffect(() => dialog.current?.showModal(), [])
  const copy = async () => {
    const isCopied = await copyText(program)
    say(isCopied ? 'Copied.' : 'The browser does not allow it: select the text and copy it.')
  }
  return (
    <dialog ref={dialog} class="node-dialog" aria-labelledby="heading-node" onClose={onClose}>
      <h2 id="heading-node">Open in Node</h2>
      <p>
        This program trains the same network with Facet&rsquo;s packages, to the same weights bit by bit, and
        counts its regions.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is scrolled has to be reached by keys */}
      <section class="program" tabIndex={0} aria-label="Program">
        <pre>{program}</pre>
      </section>
      <div class="row">
        <button type="button" onClick={copy}>
          Copy program
        </button>
        <button type="button" onClick={() => download('program.mjs', program, 'text/javascript')}>
          Save program.mjs
        </button>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
        <output>{said}</output>
      </div>
    </dialog>
  )
}
