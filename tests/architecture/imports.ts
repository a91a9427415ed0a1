import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** One import statement of one file: from where, of what, and whether any value comes with it. */
export interface Arrow {
  file: string;
  line: number;
  /** Path from the root without extension for our own files; a package's name, or `node:…`, for others. */
  target: string;
  own: boolean;
  typeOnly: boolean;
}

export const root = resolve(import.meta.dirname, '../..');

const codeFiles = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.d\.ts$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('/generated/') && !file.includes('/dist/') && !/node_modules/.test(file));

const packageOf = (specifier: string): string =>
  specifier.startsWith('node:')
    ? specifier
    : specifier
        .split('/')
        .slice(0, specifier.startsWith('@') ? 2 : 1)
        .join('/');

const isTypeOnly = (node: ts.ImportDeclaration | ts.ExportDeclaration): boolean => {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.isTypeOnly) return true;
  const named = clause.namedBindings;
  return (
    !clause.name &&
    !!named &&
    ts.isNamedImports(named) &&
    named.elements.length > 0 &&
    named.elements.every((e) => e.isTypeOnly)
  );
};

/** Every import of every TypeScript file below a folder, `import()` and re-exports included. */
export function arrowsOf(folder: string): Arrow[] {
  const arrows: Arrow[] = [];
  for (const file of codeFiles(folder)) {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.ES2023, true);
    const add = (specifier: string, node: ts.Node, typeOnly: boolean): void => {
      const own = specifier.startsWith('.');
      const target = own
        ? relative(root, resolve(root, dirname(file), specifier)).replace(/\.(ts|tsx|js|mjs)$/, '')
        : packageOf(specifier);
      arrows.push({
        file,
        line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
        target,
        own,
        typeOnly,
      });
    };
    const visit = (node: ts.Node): void => {
      if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
        add((node.moduleSpecifier as ts.StringLiteral).text, node, isTypeOnly(node));
      } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        const [argument] = node.arguments;
        if (argument && ts.isStringLiteral(argument)) add(argument.text, node, false);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return arrows;
}
