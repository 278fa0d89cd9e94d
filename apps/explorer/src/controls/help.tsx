import type { Shortcut } from './shortcuts.ts'

/** A button that says which keys do what. */
export const Help = ({ shortcuts }: { readonly shortcuts: readonly Shortcut[] }) => (
  <>
    <button type="button" popovertarget="help" aria-label="Keys and how to begin">
      ?
    </button>
    <div id="help" class="help" popover="auto" role="dialog" aria-labelledby="heading-help">
      <h2 id="heading-help">How to begin</h2>
      <p>
        Press Play: a network learns the points of the input plane, and the pictures show its exact regions
        after every step. A click on a region says what the network does there. Presets at the left each show
        one finding.
      </p>
      <dl>
        {shortcuts.map(({ key, spelled, what }) => (
          <div key={key}>
            <dt>
              <kbd>{spelled}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
        <div>
          <dt>
            <kbd>arrows</kbd>, <kbd>+</kbd> <kbd>−</kbd>
          </dt>
          <dd>in a picture that has the focus: move and zoom</dd>
        </div>
      </dl>
      <button type="button" popovertarget="help" popovertargetaction="hide">
        Close
      </button>
    </div>
  </>
)
