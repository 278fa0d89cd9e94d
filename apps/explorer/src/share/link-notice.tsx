import { useStatus, useStore } from '../session/hooks.ts'
import { promiseText } from './promise-text.ts'
import { useAddress, useAddressProblem } from './share-context.ts'

/** What of a link could not be shown, and whether its weights came out as it promised. */
export function LinkNotice() {
  const address = useAddress()
  const problem = useAddressProblem()
  const { state } = useStore()
  const status = useStatus()
  const promise = promiseText(state, status)
  return (
    <>
      <div role="alert">
        {problem !== null && (
          <p class="warning link-problem">
            {problem}{' '}
            <button type="button" onClick={() => address.dismiss()}>
              Hide
            </button>
          </p>
        )}
      </div>
      <div role="status">
        {promise !== null && <p class={`promise ${promise.outcome}`}>{promise.text}</p>}
      </div>
    </>
  )
}
