/** To be written. */
export const Summary = () => <div class="placeholder" />
