/** For an index along the middle axis at every place [o, i, j] the place [o, index, j] among `length` elements along that axis. */
export function placesAlong(outer: i32, count: i32, length: i32, inner: i32, indices: usize, places: usize): void {
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < inner; j++, indices += 4, places += 4)
        store<i32>(places, (o * length + load<i32>(indices)) * inner + j)
    }
  }
}
