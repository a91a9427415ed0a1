import ts from 'typescript';
import { canBeLeftOut, changesOf } from './mutants.mjs';

/** What a type says, and what names other modules, is no part of what runs. */
const isNoValue = (node) =>
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node);

/** Whether other code may stand in the node's place: a callee keeps its `this`, a place that is written to stays one. */
const mayBeReplaced = (node) => {
  const { parent } = node;
  if (!ts.isExpression(node)) return false;
  if ((ts.isCallExpression(parent) || ts.isNewExpression(parent)) && parent.expression === node) return false;
  // `a?.b().c` ends whole where `a` is missing; in two pieces it would not.
  if (ts.isOptionalChain(node) && ts.isOptionalChain(parent) && parent.expression === node) return false;
  const isTarget =
    ts.isBinaryExpression(parent) &&
    parent.left === node &&
    parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment;
  return !isTarget;
};

/**
 * Compiles all the small wrong changes of a file in at once, each behind a switch: `__mutant(n)` is true for the one that
 * is tried, and every call of it says that the place was reached.
 * @param {number} first the number of the file's first change
 * @returns {{ code: string, mutants: { number: number, file: string, line: number, column: number, from: string, to: string }[] }}
 */
export const instrument = (source, file, first) => {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const mutants = [];
  const numbered = (at, from, to) => {
    const { line, character } = tree.getLineAndCharacterOfPosition(at.getStart(tree));
    const number = first + mutants.length;
    mutants.push({ number, file, line: line + 1, column: character + 1, from, to });
    return number;
  };

  /** The node's text with the switches of everything in it. */
  const within = (node) => {
    let text = '';
    let end = node.getStart(tree);
    ts.forEachChild(node, (child) => {
      text += source.slice(end, child.getStart(tree)) + render(child);
      end = child.getEnd();
    });
    return text + source.slice(end, node.getEnd());
  };

  const render = (node) => {
    if (isNoValue(node)) return node.getText(tree);
    if (canBeLeftOut(node)) {
      const number = numbered(node, node.getText(tree), '');
      return `{ if (!__mutant(${number})) ${within(node)} }`;
    }
    if (!mayBeReplaced(node)) return within(node);
    const switches = changesOf(node, tree).map(
      ({ at, from, to, text }) => `__mutant(${numbered(at, from, to)}) ? (${text}) : `,
    );
    return switches.length > 0 ? `(${switches.join('')}${within(node)})` : within(node);
  };

  return { code: within(tree), mutants };
};
