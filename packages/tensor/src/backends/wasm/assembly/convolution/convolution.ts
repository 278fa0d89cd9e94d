// instances: f32 f64
function conv2d<T>(count: i32, channels: i32, height: i32, width: i32, made: i32, rows: i32, columns: i32, kernelRows: i32, kernelColumns: i32, sy: i32, sx: i32, py: i32, px: i32, dy: i32, dx: i32, groups: i32, images: usize, windows: usize, weight: usize): void {
  const taken = channels / groups
  const given = made / groups
  memory.fill(windows, 0, <usize>(count * made * rows * columns) * sizeof<T>())
  for (let n = 0; n < count; n++) for (let o = 0; o < made; o++) for (let c = 0; c < taken; c++)
    for (let k = 0; k < kernelRows; k++) for (let l = 0; l < kernelColumns; l++) {
      const w = weight + <usize>(((o * taken + c) * kernelRows + k) * kernelColumns + l) * sizeof<T>()
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) {
        const row = i * sy - py + k * dy
        const column = j * sx - px + l * dx
        const isInside = row >= 0 && row < height && column >= 0 && column < width
        const image = images + <usize>(((n * channels + (o / given) * taken + c) * height + row) * width + column) * sizeof<T>()
        const window = windows + <usize>(((n * made + o) * rows + i) * columns + j) * sizeof<T>()
        store<T>(window, load<T>(window) + (isInside ? load<T>(image) : <T>0) * load<T>(w))
      }
    }
}

// instances: f32 f64
function convTranspose2d<T>(count: i32, channels: i32, height: i32, width: i32, made: i32, rows: i32, columns: i32, kernelRows: i32, kernelColumns: i32, sy: i32, sx: i32, py: i32, px: i32, dy: i32, dx: i32, groups: i32, images: usize, windows: usize, weight: usize): void {
  const taken = channels / groups
  const given = made / groups
  memory.fill(images, 0, <usize>(count * channels * height * width) * sizeof<T>())
  for (let n = 0; n < count; n++) for (let o = 0; o < made; o++) for (let c = 0; c < taken; c++)
    for (let k = 0; k < kernelRows; k++) for (let l = 0; l < kernelColumns; l++) {
      const w = weight + <usize>(((o * taken + c) * kernelRows + k) * kernelColumns + l) * sizeof<T>()
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) {
        const row = i * sy - py + k * dy
        const column = j * sx - px + l * dx
        const isInside = row >= 0 && row < height && column >= 0 && column < width
        const image = images + <usize>(((n * channels + (o / given) * taken + c) * height + row) * width + column) * sizeof<T>()
        const window = windows + <usize>(((n * made + o) * rows + i) * columns + j) * sizeof<T>()
        if (isInside) store<T>(image, load<T>(image) + load<T>(window) * load<T>(w))
      }
    }
}

// instances: f32 f64
function convWeight2d<T>(count: i32, channels: i32, height: i32, width: i32, made: i32, rows: i32, columns: i32, kernelRows: i32, kernelColumns: i32, sy: i32, sx: i32, py: i32, px: i32, dy: i32, dx: i32, groups: i32, images: usize, windows: usize, weight: usize): void {
  const taken = channels / groups
  const given = made / groups
  memory.fill(weight, 0, <usize>(made * taken * kernelRows * kernelColumns) * sizeof<T>())
  for (let n = 0; n < count; n++) for (let o = 0; o < made; o++) for (let c = 0; c < taken; c++)
    for (let k = 0; k < kernelRows; k++) for (let l = 0; l < kernelColumns; l++) {
      const w = weight + <usize>(((o * taken + c) * kernelRows + k) * kernelColumns + l) * sizeof<T>()
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) {
        const row = i * sy - py + k * dy
        const column = j * sx - px + l * dx
        const isInside = row >= 0 && row < height && column >= 0 && column < width
        const image = images + <usize>(((n * channels + (o / given) * taken + c) * height + row) * width + column) * sizeof<T>()
        const window = windows + <usize>(((n * made + o) * rows + i) * columns + j) * sizeof<T>()
        store<T>(w, load<T>(w) + (isInside ? load<T>(image) : <T>0) * load<T>(window))
      }
    }
}

