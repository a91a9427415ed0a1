/** The end of a start: where everything is, and how to stop it. */
export const printBanner = ({ say, settings, data, demo, seconds }) => {
  say(`
Kurator is ready (${seconds.toFixed(1)} s).

  Address   ${settings.PUBLIC_URL}`);
  if (settings.KURATOR_MAILBOX) say(`  Mailbox   ${settings.PUBLIC_URL}/mailbox`);
  say(`  Data      ${data.path()}`);
  if (demo) say(`\n${demo.replace(/^/gm, '  ')}`);
  say('\nCtrl-C stops it. The data stay.\n');
};
