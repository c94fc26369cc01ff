import { expect, test } from "vitest";
import { z } from "zod";
import { type RouteName, routeNames, routes } from "../../contract/routes.ts";
import type { Route } from "../../contract/routes/route.ts";

/** Texts that have only so many forms, whatever they say. */
const boundedFormats = new Set(["uuid", "guid"]);

/** The places in `schema` where a text or a list may be as long as it likes, or where anything may stand. */
function unbounded(schema: z.core.$ZodType, path: string): string[] {
  const def = defOf(schema);
  const unbound = isBound(schema) ? [] : [path];
  switch (def.type) {
    case "string":
      return "format" in def && boundedFormats.has(String(def.format)) ? [] : unbound;
    case "array":
      return [...unbound, ...unbounded(def.element, `${path}[]`)];
    case "record": {
      const { maxProperties } = z.globalRegistry.get(schema) ?? {};
      const many = maxProperties === undefined ? [`${path}{}`] : [];
      return [...many, ...unbounded(def.keyType, `${path}{key}`), ...unbounded(def.valueType, `${path}{value}`)];
    }
    case "object":
      return [
        ...(def.catchall === undefined || defOf(def.catchall).type === "never" ? [] : [`${path}.*`]),
        ...Object.entries(def.shape).flatMap(([key, value]) => unbounded(value, `${path}.${key}`)),
      ];
    case "union":
      return def.options.flatMap((option, at) => unbounded(option, `${path}|${at}`));
    case "optional":
    case "nullable":
    case "default":
    case "prefault":
    case "nonoptional":
    case "readonly":
      return unbounded(def.innerType, path);
    case "pipe":
      // What a transform is given is whatever its schema takes afterwards; a stringbool knows a few words.
      if (defOf(def.out).type === "boolean") return [];
      return unbounded(defOf(def.in).type === "transform" ? def.out : def.in, path);
    case "boolean":
    case "number":
    case "literal":
    case "enum":
    case "never":
    case "null":
      return [];
    case "any":
    case "bigint":
    case "catch":
    case "custom":
    case "date":
    case "file":
    case "function":
    case "intersection":
    case "lazy":
    case "map":
    case "nan":
    case "promise":
    case "set":
    case "success":
    case "symbol":
    case "template_literal":
    case "transform":
    case "tuple":
    case "undefined":
    case "unknown":
    case "void":
    default:
      return [`${path} (${def.type})`];
  }
}

function defOf(schema: z.core.$ZodType): z.core.$ZodTypes["_zod"]["def"] {
  return (schema as z.ZodType).def as z.core.$ZodTypes["_zod"]["def"];
}

function isBound(schema: z.core.$ZodType): boolean {
  const { maxLength, maxItems } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return (maxLength ?? maxItems) !== undefined;
}

test.for(routeNames)("%s takes no text and no list of any length", (name: RouteName) => {
  const { body, query, params }: Route = routes[name];
  const found = Object.entries({ body, query, params }).flatMap(([part, schema]) =>
    schema === undefined ? [] : unbounded(schema, part),
  );
  expect(found).toEqual([]);
});
