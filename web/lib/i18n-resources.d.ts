import 'i18next';
import type codes from '../locales/ru/codes.json';
import type command from '../locales/ru/command.json';
import type kase from '../locales/ru/case.json';
import type pages from '../locales/ru/pages.json';
import type shell from '../locales/ru/shell.json';

declare module 'i18next' {
  // Russian is the source and the type: a key that is not there does not compile.
  interface CustomTypeOptions {
    defaultNS: 'shell';
    resources: {
      shell: typeof shell;
      codes: typeof codes;
      command: typeof command;
      case: typeof kase;
      pages: typeof pages;
    };
  }
}
