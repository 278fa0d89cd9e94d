/** To be written. */
export const RegionCard = () => <div class="placeholder" />
