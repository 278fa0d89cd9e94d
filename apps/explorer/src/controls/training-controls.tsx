/** To be written. */
export const TrainingControls = () => <div class="placeholder" />
