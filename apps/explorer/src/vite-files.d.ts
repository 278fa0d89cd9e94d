declare module '*.wasm?url' {
  const address: string
  export default address
}

declare module 'virtual:opening-weights' {
  const address: string
  export default address
}

declare module '*.css'
