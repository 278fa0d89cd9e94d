/** To be written. */
export const LatentPlane = () => <div class="placeholder" />
