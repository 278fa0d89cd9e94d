import { COLOURS } from './colour-table.ts'

/** Polygons to a row of a texture. */
export const ROW = 1024

const head = `#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;
`

/** Points relative to the middle of what is seen, so that little is lost where it is far from 0. */
const placing = `
uniform vec2 middle;
uniform vec2 unit;
uniform vec2 size;
vec2 pixelsOf(vec2 point) { return (point - middle) * unit; }
vec4 clipOf(vec2 pixels) { return vec4(2.0 * pixels / size, 0.0, 1.0); }
`

const corner = `${head}${placing}
layout(location = 0) in vec2 corner;
layout(location = 1) in uint polygon;
`

/** Polygons in the colours of their codes (region-colours.ts). */
export const byHash = {
  vertex: `${corner}
uniform usampler2D hashes;
uniform sampler2D colours;
flat out vec4 colour;
void main() {
  uvec2 hash = texelFetch(hashes, ivec2(polygon % ${ROW}u, polygon / ${ROW}u), 0).xy;
  uint index = ((hash.x ^ hash.y) * 0x9e3779b1u) >> ${32 - Math.log2(COLOURS)}u;
  colour = texelFetch(colours, ivec2(index, 0), 0);
  gl_Position = clipOf(pixelsOf(corner));
}`,
  fragment: `${head}
flat in vec4 colour;
out vec4 painted;
void main() { painted = colour; }`,
}

/** The error of every pixel by its polygon's form (error-colours.ts). */
export const byError = {
  vertex: `${corner}
uniform sampler2D errors;
flat out vec3 slopes;
flat out vec3 bends;
out vec2 offset;
void main() {
  ivec2 at = ivec2(2u * (polygon % ${ROW}u), polygon / ${ROW}u);
  vec4 first = texelFetch(errors, at, 0);
  vec4 second = texelFetch(errors, at + ivec2(1, 0), 0);
  slopes = vec3(first.zw, second.x);
  bends = second.yzw;
  offset = corner - first.xy;
  gl_Position = clipOf(pixelsOf(corner));
}`,
  fragment: `${head}
uniform sampler2D colours;
uniform float end;
flat in vec3 slopes;
flat in vec3 bends;
in vec2 offset;
out vec4 painted;
void main() {
  float error = dot(slopes, vec3(1.0, offset)) + dot(bends, vec3(offset.x * offset.x, offset.x * offset.y, offset.y * offset.y));
  int index = min(${COLOURS - 1}, int(${COLOURS}.0 * sqrt(max(error, 0.0) / end)));
  painted = texelFetch(colours, ivec2(index, 0), 0);
}`,
}

/** Walls as strips of four points, whose edges are smoothed over a pixel. */
export const asWalls = {
  vertex: `${head}${placing}
layout(location = 0) in vec4 wall;
uniform float width;
out float across;
void main() {
  vec2 from = pixelsOf(wall.xy);
  vec2 to = pixelsOf(wall.zw);
  vec2 along = to - from;
  float far = max(length(along), 1e-6);
  float side = (gl_VertexID & 1) == 0 ? 1.0 : -1.0;
  across = side * (0.5 * width + 1.0);
  vec2 at = (gl_VertexID & 2) == 0 ? from : to;
  gl_Position = clipOf(at + across * vec2(-along.y, along.x) / far);
}`,
  fragment: `${head}
uniform vec4 colour;
uniform float width;
in float across;
out vec4 painted;
void main() { painted = colour * clamp(0.5 * width + 0.5 - abs(across), 0.0, 1.0); }`,
}
