import ts from 'typescript';

/** One import or re-export: from where, and which names (`*` for all of them). */
interface ImportedNames {
  specifier: string;
  names: readonly string[];
}

interface FunctionLength {
  name: string;
  line: number;
  lines: number;
}

/** What the checks need to know of one TypeScript file. */
export interface SourceFile {
  file: string;
  lines: number;
  imports: readonly ImportedNames[];
  /** Names this file exports itself or passes on; `export *` is an import of `*` with `passesAllOn`. */
  exports: readonly string[];
  /** Specifiers of `export * from`. */
  passesAllOn: readonly string[];
  functions: readonly FunctionLength[];
  conditionalSpreads: number;
}

/** Parses `text`; nothing is resolved, so that a file with type errors is checked too. */
export function parseSourceFile(file: string, text: string): SourceFile {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true, ts.ScriptKind.TS);
  const imports: ImportedNames[] = [];
  const exports: string[] = [];
  const passesAllOn: string[] = [];
  const functions: FunctionLength[] = [];
  let conditionalSpreads = 0;

  const visit = (node: ts.Node): void => {
    const imported = getImport(node);
    if (imported) imports.push(imported);
    if (ts.isExportDeclaration(node)) {
      if (node.exportClause && ts.isNamedExports(node.exportClause))
        exports.push(...node.exportClause.elements.map((element) => element.name.text));
      else if (node.exportClause) exports.push(node.exportClause.name.text);
      else if (node.moduleSpecifier) passesAllOn.push(getText(node.moduleSpecifier));
    }
    exports.push(...getExportedNames(node));
    const length = getFunctionLength(node, source);
    if (length) functions.push(length);
    if (isConditionalSpread(node)) conditionalSpreads += 1;
    ts.forEachChild(node, visit);
  };
  visit(source);
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return { file, lines, imports, exports, passesAllOn, functions, conditionalSpreads };
}

function getText(node: ts.Expression): string {
  return ts.isStringLiteralLike(node) ? node.text : '';
}

function getImport(node: ts.Node): ImportedNames | undefined {
  if (ts.isImportDeclaration(node)) {
    const clause = node.importClause;
    const bindings = clause?.namedBindings;
    const names: string[] = clause?.name ? ['default'] : [];
    if (bindings && ts.isNamespaceImport(bindings)) names.push('*');
    else if (bindings)
      names.push(...bindings.elements.map((element) => (element.propertyName ?? element.name).text));
    return { specifier: getText(node.moduleSpecifier), names };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    const clause = node.exportClause;
    const names =
      clause && ts.isNamedExports(clause)
        ? clause.elements.map((element) => (element.propertyName ?? element.name).text)
        : ['*'];
    return { specifier: getText(node.moduleSpecifier), names };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword && node.arguments[0])
    return { specifier: getText(node.arguments[0]), names: getDestructuredNames(node) };
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    const { literal } = node.argument;
    if (ts.isStringLiteral(literal))
      return { specifier: literal.text, names: [node.qualifier?.getText() ?? '*'] };
  }
  return undefined;
}

/** `const { a, b } = await import('x')` uses a and b; any other dynamic import may use everything. */
function getDestructuredNames(call: ts.CallExpression): readonly string[] {
  const declaration = ts.isAwaitExpression(call.parent) ? call.parent.parent : call.parent;
  if (!ts.isVariableDeclaration(declaration) || !ts.isObjectBindingPattern(declaration.name)) return ['*'];
  return declaration.name.elements.map((element) => (element.propertyName ?? element.name).getText());
}

function getExportedNames(node: ts.Node): string[] {
  if (ts.isExportAssignment(node)) return ['default'];
  if (!ts.canHaveModifiers(node) || node.parent?.kind !== ts.SyntaxKind.SourceFile) return [];
  const modifiers = ts.getModifiers(node) ?? [];
  if (!modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)) return ['default'];
  if (ts.isVariableStatement(node)) return node.declarationList.declarations.flatMap(getBoundNames);
  const { name } = node as ts.DeclarationStatement;
  return name ? [name.getText()] : [];
}

function getBoundNames({ name }: ts.VariableDeclaration | ts.BindingElement): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isBindingElement(element) ? getBoundNames(element) : []));
}

function getFunctionLength(node: ts.Node, source: ts.SourceFile): FunctionLength | undefined {
  if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return undefined;
  const start = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
  const end = source.getLineAndCharacterOfPosition(node.getEnd()).line;
  return { name: getFunctionName(node), line: start + 1, lines: end - start + 1 };
}

/** The function's own name, or that of the variable, property or call it is given to. */
function getFunctionName(node: ts.SignatureDeclaration): string {
  if (ts.isConstructorDeclaration(node)) return `${node.parent.name?.text ?? 'class'}.constructor`;
  if (node.name) return node.name.getText();
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent)) return parent.name.getText();
  if (ts.isCallExpression(parent)) return `${parent.expression.getText().split('\n')[0] ?? ''}()`;
  return 'anonymous function';
}

/** `...(x && { … })`, or with any other condition before the `&&`. */
function isConditionalSpread(node: ts.Node): boolean {
  if (!ts.isSpreadAssignment(node)) return false;
  let { expression } = node;
  while (ts.isParenthesizedExpression(expression)) ({ expression } = expression);
  return (
    ts.isBinaryExpression(expression) &&
    expression.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken
  );
}
