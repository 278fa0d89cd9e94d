import { counted, numberText } from './number-text.ts'

/** What the curves show, in words. */
export function curvesText({
  step,
  loss,
  validation,
  live,
  regions,
}: {
  readonly step: number
  readonly loss: number | null
  readonly validation: number | null
  readonly live: number | null
  readonly regions: number | null
}): string {
  const parts = [
    loss === null || Number.isNaN(loss) ? null : `loss ${numberText(loss)}`,
    validation === null ? null : `validation error ${numberText(validation)}`,
    live === null ? null : counted(live, 'live bottleneck unit'),
    regions === null ? null : counted(regions, 'region'),
  ].filter((part) => part !== null)
  const at = `Curves up to step ${step.toLocaleString('en-US')}`
  return parts.length === 0 ? `${at}.` : `${at}: ${parts.join(', ')}.`
}
