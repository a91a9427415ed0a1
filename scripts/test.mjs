import { check, runParts, tests } from './checks/run-parts.mjs';

await runParts([
  check('types', 'tsc', ['-p', 'tsconfig.json', '--noEmit']),
  check('lint', 'eslint', ['.', '--max-warnings', '0']),
  check('types of the pages', 'tsc', ['-p', 'web/tsconfig.json', '--noEmit']),
  check('format', 'prettier', ['--check', '.', '--log-level', 'warn']),
  check('dead code', 'knip', []),
  tests('tests', ['domain', 'servers', 'web']),
]);
