import { z } from "zod";
import { namedSchemas } from "../../contract/examples/schema-examples.ts";

type Json = Record<string, unknown>;

/** Turns a schema into JSON Schema, as it is sent (`input`) or answered (`output`). */
export type ToSchema = (schema: z.ZodType, io: "input" | "output") => Json;

const components = "#/components/schemas/";

/**
 * Makes a `ToSchema` that refers to the schemas with a name of their own, and gathers what they are in `gathered`.
 * @throws Error where one name would stand for two schemas
 */
export function schemaMaker(gathered: Record<string, Json>): ToSchema {
  const named = z.registry<{ id: string; examples: unknown[] }>();
  for (const { schema, id, example } of namedSchemas) named.add(schema, { id, examples: [example] });
  return (schema, io) => {
    const made = z.toJSONSchema(schema, {
      io,
      metadata: named,
      unrepresentable: "any",
      override: ({ zodSchema, jsonSchema }) => tidy(zodSchema, jsonSchema, io),
    });
    // A schema with a name is a reference to its own definition among `$defs`.
    const { $defs = {}, $schema: _dialect, ...own } = made as Json & { $defs?: Record<string, Json> };
    for (const [id, { id: _id, ...definition }] of Object.entries($defs)) gather(id, asComponent(definition) as Json);
    return asComponent(own) as Json;
  };

  function gather(id: string, definition: Json): void {
    const before = gathered[id];
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(definition)) {
      throw new Error(`The name ${id} stands for two schemas`);
    }
    gathered[id] = definition;
  }
}

const largest = Number.MAX_SAFE_INTEGER;

function tidy(zodSchema: z.core.$ZodType, json: Json, io: "input" | "output"): void {
  // zod keeps what `describe` said in its own registry and not in ours.
  const { description } = z.globalRegistry.get(zodSchema) ?? {};
  if (description !== undefined) json["description"] = description;
  // A format says the same as its pattern, and shorter.
  if (json["format"] === "uuid" || json["format"] === "date-time") delete json["pattern"];
  if (json["minimum"] === -largest) delete json["minimum"];
  if (json["maximum"] === largest) delete json["maximum"];
  // Who reads our answers has to stand a field that is new.
  if (io === "output" && json["additionalProperties"] === false) delete json["additionalProperties"];
}

function asComponent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asComponent);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [
      key,
      key === "$ref" && typeof held === "string" ? held.replace("#/$defs/", components) : asComponent(held),
    ]),
  );
}
