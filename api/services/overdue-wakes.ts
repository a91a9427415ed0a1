/** The watchdog repairs a wake that is two minutes late; after ten somebody must look. */
export const alertAfterMs = 10 * 60_000;
