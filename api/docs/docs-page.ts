import { type NamedExamples, requestsOf } from "./example-requests.ts";
import { escapeHtml, htmlPage } from "./html.ts";

type Operation = {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters: {
    name: string;
    in: string;
    required?: boolean;
    description?: string;
    schema: object;
    examples?: NamedExamples;
  }[];
  requestBody?: { content: Record<string, { schema: object; examples?: NamedExamples }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
};

/** The OpenAPI document as one page to read: every route folded away under its tag, then the schemas. */
export function docsPage(document: Record<string, unknown>): string {
  const paths = document["paths"] as Record<string, Record<string, Operation>>;
  const tags = document["tags"] as { name: string; description: string }[];
  const groups = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const group = operation.tags[0] ?? "";
      groups.set(group, [...(groups.get(group) ?? []), operationHtml(method, path, operation)]);
    }
  }
  const { schemas } = document["components"] as { schemas: Record<string, object> };
  return htmlPage(
    "Muster API",
    `<h1>Muster API</h1>
<p>JSON over HTTP. Send <code>Authorization: Bearer</code> with an API key. Errors are
<code>application/problem+json</code> with a stable <code>code</code>. The same as data:
<a href="/openapi.json">openapi.json</a>.</p>
${tags
  .map(({ name, description }) => {
    const operations = groups.get(name) ?? [];
    return `<h2>${escapeHtml(name)}</h2><p>${escapeHtml(description)}</p>${operations.join("")}`;
  })
  .join("\n")}
<h2>Schemas</h2>
${Object.entries(schemas)
  .map(([name, schema]) => `<section id="${escapeHtml(name)}">${fold(name, schema)}</section>`)
  .join("")}`,
  );
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const { operationId, summary, description: told, parameters, requestBody, responses } = operation;
  const inputs = parameters.map(
    ({ name, in: place, required, description, schema }) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required === true ? " *" : ""}</td><td>${place}</td>
<td>${description === undefined ? "" : `${escapeHtml(description)}<br>`}<code>${escapeHtml(shortly(schema))}</code></td></tr>`,
  );
  const examples = requestsOf(method, path, operation).map(
    ({ title, text }) => `<p>${escapeHtml(title)}:</p><pre>${escapeHtml(text)}</pre>`,
  );
  const bodies = Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => fold(`Body ${type}`, schema));
  const answers = Object.entries(responses).map(
    ([status, { description, content }]) =>
      `<tr><td>${status}</td><td>${escapeHtml(description)}</td><td>${Object.entries(content ?? {})
        .map(([type, { schema }]) => (type === "application/problem+json" ? "" : fold(type, schema)))
        .join("")}</td></tr>`,
  );
  return `<details id="${operationId}"><summary><span class="method">${method}</span> <code>${escapeHtml(path)}</code>
${escapeHtml(summary)}</summary>
<p>${escapeHtml(told)}</p>
${examples.join("")}<table>${inputs.join("")}</table>${bodies.join("")}<table>${answers.join("")}</table></details>`;
}

/** A schema in one line; of a format that has a name, such as uuid, the pattern is left out. */
function shortly(schema: object): string {
  return JSON.stringify(schema, "format" in schema ? Object.keys(schema).filter((key) => key !== "pattern") : null);
}

function fold(title: string, schema: object): string {
  const text = escapeHtml(JSON.stringify(schema, null, 2)).replaceAll(
    /#\/components\/schemas\/(\w+)/g,
    '<a href="#$1">$1</a>',
  );
  return `<details><summary>${escapeHtml(title)}</summary><pre>${text}</pre></details>`;
}
