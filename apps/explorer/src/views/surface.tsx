/** To be written. */
export const Surface = () => <div class="placeholder" />
