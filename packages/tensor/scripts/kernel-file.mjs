/** A number in the variable length that WebAssembly writes it in. */
const leb = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...leb(n >>> 7)])

const named = (bytes) => [...leb(bytes.length), ...bytes]

/**
 * A module with a custom section, `facet`, that says what it is: `tensor/core simd 0123456789ab`. A compiled module has its sections still, and engines
 * skip them.
 */
export function labelled(bytes, { name, build, version }) {
  const text = Buffer.from(`${name} ${build} ${version}`)
  const section = [...named(Buffer.from('facet')), ...text]
  return Buffer.concat([bytes, Buffer.from([0, ...named(section)])])
}
