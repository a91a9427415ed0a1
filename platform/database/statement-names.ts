/**
 * Names make the server keep a statement's plan for as long as the connection lives: the transaction's two large
 * statements cost more to plan than to run. Bounded, because each name is kept by every connection.
 */
export function statementNames(prefix: string): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    // The empty name is the unnamed statement: planned anew, kept by nobody.
    if (known !== undefined || names.size >= 300) return known ?? '';
    const name = `${prefix}${names.size}`;
    names.set(sql, name);
    return name;
  };
}
