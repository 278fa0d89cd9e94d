/** Where the products pack their operands, 512 KB that hold no tensor: the first of the memory, a thread's own on other threads. */
export let scratch: usize = 0

// codes
export enum Scratch {
  /** A piece of a gradient that is a product, 64 KB: behind what is packed. */
  piece = 294912,
  /** A part of a product with many terms, 128 KB: behind the pieces. */
  part = 360448,
  bytes = 524288,
}
