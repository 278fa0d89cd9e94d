import type { ConvWork } from '../work/work.ts'
import type { Case, Suite } from './suite.ts'

/** The two convolutions of a small autoencoder of digits; the second needs the gradient of its input. */
const layers = [
  { channels: 1, size: 28, filters: 16, inner: false },
  { channels: 16, size: 14, filters: 32, inner: true },
] as const

/** Such as take milliseconds with plain loops as well. */
const small = [
  { channels: 1, size: 8, filters: 4, inner: false },
  { channels: 4, size: 6, filters: 8, inner: true },
] as const

const passes: readonly ConvWork['pass'][] = ['forward', 'training']

export const convSuite: Suite = {
  name: 'conv',
  description:
    'a convolution with ReLU, 3×3, stride 1, padding 1: forward, and a training step (loss, gradients, update)',
  cases: (quick) =>
    (quick ? small : layers).flatMap(({ channels, size, filters, inner }) =>
      (quick ? [4] : [16, 64]).flatMap((batch) =>
        passes.map(
          (pass): Case => ({
            name: `${channels}×${size}×${size} → ${filters}, batch ${batch}, ${pass}`,
            work: { kind: 'conv', pass, batch, channels, filters, size, inner },
          }),
        ),
      ),
    ),
}
