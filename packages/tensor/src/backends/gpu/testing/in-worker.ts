import { init, tensor } from '@facet/tensor'
import { gpu } from '@facet/tensor/gpu'

/** Answers with the device and a sum, or with what went wrong. */
try {
  const { device } = await init({ backend: 'gpu' })
  const x = tensor([1, 2, 3])
  postMessage({ isSupported: gpu.isSupported(), renderer: device?.renderer, values: await x.data() })
} catch (error) {
  postMessage({ error: String(error) })
}
