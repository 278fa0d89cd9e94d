/** To be written. */
export const DataControls = () => <div class="placeholder" />
