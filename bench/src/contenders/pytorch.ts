import type { Contender } from './contender.ts'
import { openPython } from './python/kernels.ts'

const withThreads = (threads: number): Contender => ({
  name: `pytorch-${threads}`,
  title: `PyTorch, ${threads} thread${threads === 1 ? '' : 's'}`,
  open: () => openPython('with_torch', threads),
})

/** PyTorch, eager, as Debian's `python3-torch` packages it. */
export const [pytorch1, pytorch2] = [withThreads(1), withThreads(2)]
