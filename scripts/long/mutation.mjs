import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { mutateRoom } from './mutation-room.mjs';

/** The tests that state the domain's rules. */
const folders = ['tests/domain', 'tests/regulations', 'tests/access'];

const short = (text) => {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('`', "'");
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
};

/**
 * Tries small wrong changes of the domain's code, room by room and drawn by lot, and asks the tests of the domain's rules
 * whether they notice. All changes of a room are compiled in at once, each behind a switch, and one process tries one
 * after the other: thousands in the time in which starting the tests anew for each would try dozens.
 *
 * Our own and not Stryker, which does the same by the same means: for a change that is reached while a test file is
 * loaded it asks all tests in a new process, and ours reckon whole cases there. It held 395 of the calendar's 417 changes
 * for such, and one run of all tests took it 38 seconds; to load a bundle anew costs us milliseconds. And its runs have
 * no bound: this one takes as long as it is given and says how much it has tried.
 *
 * A run without end counts as noticed: nobody could overlook it. Not asked are: the tests of the records, the processes
 * and the pages, which need servers and minutes for each change (a rule that only they hold stands where no reader of the
 * rule looks for it); two changes at once; regular expressions, `?.` and types. The list of what was not noticed has no
 * exceptions: some of it changes nothing (`<` for `<=` between days that are never the same), and who reads it decides.
 * @param {string} [rooms] folders of the domain, between commas; without it all
 */
export const mutation = async ({ root, until, say, rooms }) => {
  const tracked = (...paths) =>
    execFileSync('git', ['ls-files', ...paths], { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter((name) => name.endsWith('.ts'));
  const tests = tracked(...folders).filter((name) => name.endsWith('.test.ts'));
  const byRoom = new Map();
  for (const file of tracked(...(rooms?.split(',') ?? ['domain'])))
    byRoom.set(dirname(file), [...(byRoom.get(dirname(file)) ?? []), file]);
  const notes = [];
  const sum = { all: 0, tried: 0, noticed: 0 };
  const weightOf = (files) => files.reduce((sum, file) => sum + statSync(join(root, file)).size, 0);
  let left = weightOf([...byRoom.values()].flat());
  for (const [room, files] of byRoom) {
    const now = Date.now();
    const share = (until - now) * (weightOf(files) / left);
    left -= weightOf(files);
    const { all, tried } = await mutateRoom({ root, files, tests, until: now + share });
    const unnoticed = tried.filter(({ by }) => by === null);
    sum.all += all.length;
    sum.tried += tried.length;
    sum.noticed += tried.length - unnoticed.length;
    notes.push(`**${room}**: ${tried.length} of ${all.length} tried, ${tried.length - unnoticed.length} noticed`);
    unnoticed.sort((a, b) => a.number - b.number);
    for (const { file, line, column, from, to, reached } of unnoticed) {
      const words = reached ? 'not noticed' : 'reached by no test';
      notes.push(`${words}: \`${file}:${line}:${column}\` \`${short(from)}\` → \`${short(to) || 'left out'}\``);
    }
    say(`${room}: ${tried.length} of ${all.length} tried, ${unnoticed.length} unnoticed`);
  }
  return {
    counts: `${sum.tried} of ${sum.all} changes of the domain tried, ${sum.noticed} noticed`,
    failed: 0,
    notes,
  };
};
