import type { Contender } from './contender.ts'
import { openPython } from './python/kernels.ts'

export const numpy: Contender = {
  name: 'numpy',
  title: 'NumPy, 1 thread',
  async open() {
    const session = await openPython('with_numpy', 1)
    return {
      ...session,
      cannot: { step: 'NumPy has no gradients', conv: 'NumPy has no convolution of images' },
    }
  },
}
