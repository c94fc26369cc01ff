/** A statement as its first words tell it. Whoever writes SQL does so in one case, and a sentence begins with one capital. */
const statement =
  /^\s*(?:select\s|insert\s+into\s|update\s+[\w."]+\s+set\s|delete\s+from\s|merge\s+into\s|with\s+(?:recursive\s+)?\w+\s*(?:\(|as\b)|lock\s+table\s|set\s+local\s|truncate\s|copy\s+\w+\s*(?:\(|from\b)|(?:create|alter|drop)\s+(?:table|index|role|schema)\s|(?:listen|notify)\s+\w+$)/i;
const oneCase = /^\s*(?:[a-z]+|[A-Z]+)\b/;

const message = "No SQL here: it belongs into a function of core/ or db/, whose name says what it is for.";

/** @param {unknown} text */
function isSql(text) {
  return typeof text === "string" && oneCase.test(text) && statement.test(text);
}

/** Reports statements of SQL, and what statements are written by: the tag `sql` and drizzle's `orm`. */
export const noSql = {
  meta: { docs: { description: message } },
  create(context) {
    const report = (node) => context.report({ node, message });
    return {
      Literal: (node) => isSql(node.value) && report(node),
      TemplateLiteral: (node) => isSql(node.quasis[0]?.value.raw) && report(node),
      Identifier: (node) => (node.name === "sql" || node.name === "orm") && report(node),
    };
  },
};
