import address from 'virtual:opening-weights'

/** The weights of the preset that the page opens with, which were trained when it was built. @throws Error where their file is not there */
export async function openingWeights(): Promise<Float32Array<ArrayBuffer>> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`opening weights: expected a file at ${address}, got ${answer.status}`)
  return new Float32Array(await answer.arrayBuffer())
}
