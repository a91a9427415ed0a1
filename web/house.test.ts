// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = import.meta.dirname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\.d\.ts$|^dist|api-types/.test(file))
  .map((file) => ({
    file,
    source: ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true),
  }));

function find(guilty: (node: ts.Node, file: string) => boolean): string[] {
  const found: string[] = [];
  for (const { file, source } of files) {
    const visit = (node: ts.Node): void => {
      if (guilty(node, file))
        found.push(
          `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1} ${node.getText().slice(0, 60)}`,
        );
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

const spoken = new Set([
  'label',
  'title',
  'placeholder',
  'alt',
  'description',
  'aria-label',
  'caption',
  'hint',
  'submitLabel',
]);

it('finds the pages', () => expect(files.length).toBeGreaterThan(60));

it('writes no text into JSX: every word comes from a catalogue', () => {
  expect(
    find((node) => {
      if (ts.isJsxText(node)) return /\p{L}/u.test(node.text);
      return (
        ts.isJsxAttribute(node) &&
        spoken.has(node.name.getText()) &&
        node.initializer !== undefined &&
        ts.isStringLiteral(node.initializer) &&
        /\p{L}/u.test(node.initializer.text)
      );
    }),
  ).toEqual([]);
});

it('keeps Russian in the catalogues', () => {
  // What a person may type as a day, and a language's own name, are no messages.
  const allowed = ['lib/parse-day.ts', 'features/session/Preferences.tsx'];
  expect(
    find((node, file) => ts.isStringLiteralLike(node) && /[а-яё]/i.test(node.text) && !allowed.includes(file)),
  ).toEqual([]);
});

it('reads the clock in one place', () => {
  expect(
    find(
      (node, file) =>
        file !== 'lib/clock.ts' &&
        ((ts.isNewExpression(node) && node.expression.getText() === 'Date') ||
          (ts.isCallExpression(node) && /^Date\.(now|parse|UTC)$/.test(node.expression.getText()))),
    ),
  ).toEqual([]);
});

it('binds no letter by what the layout makes of it', () => {
  const letter = /^[a-zа-яё]$/i;
  expect(
    find(
      (node) =>
        ts.isBinaryExpression(node) &&
        /\.key$/.test(node.left.getText()) &&
        ts.isStringLiteral(node.right) &&
        letter.test(node.right.text),
    ),
  ).toEqual([]);
});

it('presses buttons, never a div', () => {
  expect(
    find(
      (node) =>
        (ts.isJsxOpeningElement(node) || ts.isJsxSelfClosingElement(node)) &&
        /^(div|span|tr|td|li|p)$/.test(node.tagName.getText()) &&
        node.attributes.properties.some((attribute) => attribute.name?.getText() === 'onClick'),
    ),
  ).toEqual([]);
});

it('asks nobody for his role: the API says what is allowed and why not', () => {
  // A curator's own name filled in, a list of curators to choose from: conveniences, not rights.
  const prefilled = ['features/command/forms/start.ts', 'features/command/options.ts', 'features/people/curators.ts'];
  expect(
    find(
      (node, file) =>
        !prefilled.includes(file) &&
        ts.isBinaryExpression(node) &&
        /===|!==/.test(node.operatorToken.getText()) &&
        /\brole$/.test(node.left.getText()),
    ),
  ).toEqual([]);
});

it('imports in one direction: routes, features, ui, lib', () => {
  const rank = ['lib', 'ui', 'features', 'routes'];
  const rankOf = (file: string): number => rank.indexOf(file.split('/')[0] ?? '');
  expect(
    find((node, file) => {
      if (!ts.isImportDeclaration(node) || rankOf(file) < 0) return false;
      const target = (node.moduleSpecifier as ts.StringLiteral).text;
      if (!target.startsWith('.')) return false;
      const path = join(file, '..', target);
      return (
        rankOf(path) > rankOf(file) || (path.startsWith('..') && !/^\.\.\/domain\/(calendar|case|access)\//.test(path))
      );
    }),
  ).toEqual([]);
});
