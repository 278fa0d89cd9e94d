import { useStatus } from '../session/hooks.ts'
import { LinkNotice } from '../share/link-notice.tsx'

/** What went wrong, what is not as it should be, and how far a link is replayed. */
export function Notices() {
  const { problem, warnings, goal, step } = useStatus()
  const isReplaying = goal !== null && goal > 0
  return (
    <div class="notices">
      <div role="alert">
        {problem !== null && (
          <p class="problem">
            <strong>This does not run.</strong> {problem}
          </p>
        )}
      </div>
      <div role="status">
        {warnings.map((warning) => (
          <p key={warning} class="warning">
            {warning}
          </p>
        ))}
      </div>
      <LinkNotice />
      {isReplaying && (
        <label class="replay">
          Training again to step {goal}
          <progress value={step} max={goal} />
        </label>
      )}
    </div>
  )
}
