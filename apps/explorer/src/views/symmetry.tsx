/** To be written. */
export const Symmetry = () => <div class="placeholder" />
