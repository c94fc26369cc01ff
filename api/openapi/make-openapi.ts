import { problemSchema } from "../../contract/problem-document.ts";
import { routeNames, routes } from "../../contract/routes.ts";
import type { Route } from "../../contract/routes/route.ts";
import { routeTags } from "../../contract/routes/tags.ts";
import { describeRoute } from "./describe-route.ts";
import { schemaMaker } from "./schema-maker.ts";

type Json = Record<string, unknown>;

/** The whole API as an OpenAPI 3.1 document, made from the route table; `publicUrl` is where it serves, where known. */
export function makeOpenApi(publicUrl: string | null = null): Json & { openapi: string } {
  const schemas: Record<string, Json> = {};
  const paths: Record<string, Json> = {};
  const toSchema = schemaMaker(schemas);
  toSchema(problemSchema, "output");
  for (const name of routeNames) {
    const route: Route = routes[name];
    paths[route.path] = { ...paths[route.path], [route.method]: describeRoute(name, route, toSchema) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Muster",
      version: "1",
      description:
        "Provisions the users of many customers. Every write becomes a batch; errors are RFC 9457 problems with a stable `code`. `RateLimit` tells how many requests are left to the key or session. Answers may hold more than is told here: a later version adds fields, and takes none away.",
    },
    servers: [
      { url: publicUrl ?? "/", description: publicUrl === null ? "The server that this document came from" : "Muster" },
    ],
    tags: Object.entries(routeTags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        key: { type: "http", scheme: "bearer", description: "An API key" },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "muster.session_token",
          description: "The session of a browser, which signing in sets",
        },
      },
    },
    security: [{ key: [] }, { session: [] }],
  };
}
