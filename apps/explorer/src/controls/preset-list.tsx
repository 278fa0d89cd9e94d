/** To be written. */
export const PresetList = () => <div class="placeholder" />
