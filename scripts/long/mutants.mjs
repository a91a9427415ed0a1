import ts from 'typescript';

const operators = new Map([
  [ts.SyntaxKind.LessThanToken, '<='],
  [ts.SyntaxKind.LessThanEqualsToken, '<'],
  [ts.SyntaxKind.GreaterThanToken, '>='],
  [ts.SyntaxKind.GreaterThanEqualsToken, '>'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, '!=='],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, '==='],
  [ts.SyntaxKind.PlusToken, '-'],
  [ts.SyntaxKind.MinusToken, '+'],
  [ts.SyntaxKind.AsteriskToken, '/'],
  [ts.SyntaxKind.SlashToken, '*'],
  [ts.SyntaxKind.PercentToken, '*'],
  [ts.SyntaxKind.PlusEqualsToken, '-='],
  [ts.SyntaxKind.MinusEqualsToken, '+='],
]);

// `a && b` becomes `a` and becomes `b`: who notices both knows that each half is needed.
const halves = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

const otherMethod = new Map([
  ['some', 'every'],
  ['every', 'some'],
  ['find', 'findLast'],
  ['findLast', 'find'],
  ['startsWith', 'endsWith'],
  ['endsWith', 'startsWith'],
  ['min', 'max'],
  ['max', 'min'],
  ['floor', 'ceil'],
  ['ceil', 'floor'],
]);

const leftOut = new Set(['filter', 'sort', 'toSorted', 'reverse', 'toReversed', 'slice', 'trim', 'toLowerCase']);

const isCondition = (node) =>
  (ts.isIfStatement(node.parent) && node.parent.expression === node) ||
  (ts.isConditionalExpression(node.parent) && node.parent.condition === node);

const isLoopCondition = (node) =>
  (ts.isWhileStatement(node.parent) && node.parent.expression === node) ||
  (ts.isForStatement(node.parent) && node.parent.condition === node);

/** A text that is a value, not a name or a path of the program itself. */
const isValueText = (node) =>
  ts.isStringLiteralLike(node) &&
  !ts.isImportDeclaration(node.parent) &&
  !ts.isExportDeclaration(node.parent) &&
  !ts.isExpressionStatement(node.parent) &&
  !(ts.isCallExpression(node.parent) && node.parent.expression.kind === ts.SyntaxKind.ImportKeyword) &&
  node.parent.name !== node;

/**
 * The small wrong changes of one expression, each of which a test should notice: a border moved, half a condition left
 * out, a number off by one, a word missing.
 * @returns {{ at: ts.Node, from: string, to: string, text: string }[]} `text`: what stands in the node's place
 */
export const changesOf = (node, tree) => {
  const found = [];
  const words = (part) => part.getText(tree);
  const whole = (to) => found.push({ at: node, from: words(node), to, text: to });
  const part = (at, to) => {
    const start = node.getStart(tree);
    const text = words(node);
    found.push({
      at,
      from: words(at),
      to,
      text: text.slice(0, at.getStart(tree) - start) + to + text.slice(at.getEnd() - start),
    });
  };
  if (isCondition(node)) ['true', 'false'].forEach(whole);
  if (isLoopCondition(node)) whole('false');
  if (ts.isBinaryExpression(node)) {
    const to = operators.get(node.operatorToken.kind);
    if (to) part(node.operatorToken, to);
    if (halves.has(node.operatorToken.kind)) for (const half of [node.left, node.right]) whole(words(half));
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) whole(words(node.operand));
  if (ts.isNumericLiteral(node) && node.parent.name !== node) whole(String(Number(node.text.replaceAll('_', '')) + 1));
  if (node.kind === ts.SyntaxKind.TrueKeyword) whole('false');
  if (node.kind === ts.SyntaxKind.FalseKeyword) whole('true');
  if (isValueText(node) && node.text !== '') whole("''");
  if (ts.isTemplateExpression(node)) {
    whole("''");
    for (const { expression } of node.templateSpans) part(expression, "''");
  }
  if (ts.isArrayLiteralExpression(node) && node.elements.length > 0) whole('[]');
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    if (otherMethod.has(name.text)) part(name, otherMethod.get(name.text));
    if (leftOut.has(name.text)) whole(words(expression));
  }
  return found;
};

/** A statement that can be left out: what it does, a test should miss. */
export const canBeLeftOut = (node) =>
  (ts.isExpressionStatement(node) && !ts.isStringLiteralLike(node.expression)) ||
  ts.isContinueStatement(node) ||
  ts.isThrowStatement(node);
