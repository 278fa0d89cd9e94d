/** To be written. */
export const ModelControls = () => <div class="placeholder" />
