/** To be written. */
export const ShareBar = () => <div class="placeholder" />
