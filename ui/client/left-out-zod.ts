/** Answers every call and every property with itself, so that the schemas of contract/ can be written down and weigh nothing. */
const nothing: unknown = new Proxy(() => nothing, {
  get: (_target, name) => {
    if (typeof name === "string" && /parse/i.test(name))
      throw new Error("The pages check nothing: only the server does");
    return name === Symbol.toPrimitive ? () => "" : nothing;
  },
  ownKeys: () => [],
  getOwnPropertyDescriptor: () => undefined,
});

/**
 * Stands in for `zod` in what browsers load (vite.config.ts): of the contract the pages need the table of routes, the
 * words and the types, and 45 kB of checks are only for the server.
 */
export const z = nothing;
