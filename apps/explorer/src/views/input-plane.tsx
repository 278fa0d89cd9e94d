/** To be written. */
export const InputPlane = () => <div class="placeholder" />
