/** To be written. */
export const Curves = () => <div class="placeholder" />
