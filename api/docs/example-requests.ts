/** Examples as OpenAPI has them, by name. */
export type NamedExamples = Record<string, { summary: string; value: unknown }>;

type Exampled = {
  parameters: { name: string; in: string; examples?: NamedExamples }[];
  requestBody?: { content: Record<string, { examples?: NamedExamples }> };
};

/** The examples of a route put together for a reader: the line of the request, its media type and its body. */
export function requestsOf(
  method: string,
  path: string,
  { parameters, requestBody }: Exampled,
): { title: string; text: string }[] {
  const contents = Object.entries(requestBody?.content ?? {});
  const all = [...parameters, ...contents.map(([, content]) => content)].map(({ examples }) => examples ?? {});
  const titles = new Map(
    all.flatMap((examples) => Object.entries(examples)).map(([key, { summary }]) => [key, summary]),
  );
  return [...titles].map(([key, title]) => {
    const query = parameters.flatMap(({ name, in: place, examples }) => {
      const value = place === "query" ? examples?.[key]?.value : undefined;
      return value === undefined ? [] : [`${name}=${encodeURIComponent(value as string | number)}`];
    });
    const line = `${method.toUpperCase()} ${path}${query.length === 0 ? "" : `?${query.join("&")}`}`;
    const bodies = contents.flatMap(([type, { examples }]) =>
      examples?.[key] === undefined ? [] : [`Content-Type: ${type}\n\n${bodyText(examples[key].value)}`],
    );
    return { title, text: [line, ...bodies].join("\n") };
  });
}

function bodyText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}
