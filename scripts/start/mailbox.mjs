import { Fault } from '../lib/process.mjs';
import { chooseMailPort } from './settings.mjs';

const attempts = 5;
// EX_TEMPFAIL of sysexits.h: by it the mailbox says that its port is taken.
const portTaken = 75;

/**
 * Starts the mailbox and waits until its port is bound. A port that nobody asked for is picked again where another
 * program, a second start for one, was faster; once others were told of it, it stays.
 * @param {object} options
 * @param {{ mail?: number }} options.ports `mail` is set for `launch` to read
 * @param {string | undefined} options.asked the user's own address of it
 * @param {() => ReturnType<import('./child.mjs').startChild>} options.launch a start under way
 */
export const startMailbox = async ({ ports, asked, launch }) => {
  const stays = asked !== undefined || ports.mail !== undefined;
  for (let attempt = 1; ; attempt += 1) {
    if (!stays) ports.mail = await chooseMailPort();
    const running = await launch();
    const outcome = await Promise.race([running.listening, running.ended]);
    if (outcome === 'listening' || stays || outcome.code !== portTaken) {
      if (outcome.code === portTaken && asked !== undefined) throw new Fault(running.errors.text());
      return running;
    }
    if (attempt === attempts) {
      ports.mail = undefined;
      throw new Fault(`No port could be bound for the mailbox: ${running.errors.text()}`);
    }
  }
};
