import { posix } from "node:path";

/** The rooms of core/ by floors, the lowest first: a room imports those of its own floor and of the floors below it. */
const floors = [
  ["", "sql", "secrets", "limits", "requests", "mail", "access/authority"],
  ["audit"],
  ["directory/catalog"],
  ["audit/read", "access/agents", "directory/customers"],
  ["batches/state"],
  ["directory/search"],
  ["batches/work-rows", "directory/licenses"],
  ["batches/plan"],
  ["directory/users"],
  ["batches/run"],
  ["batches/read"],
  ["batches/edit", "batches/submit"],
  ["batches/bundles"],
  ["passwords", "webhooks", "housekeeping"],
];

const floorOf = new Map(floors.flatMap((rooms, floor) => rooms.map((room) => [room, floor])));

/** The longest known room in which `folder` lies, or undefined. */
function roomOf(folder) {
  for (let room = folder; room !== ""; room = room.includes("/") ? posix.dirname(room) : "") {
    if (floorOf.has(room)) return room;
  }
  return folder === "" ? "" : undefined;
}

/** Reports an import inside core/ that goes up, or to or from a room that has no floor. */
export const coreFloors = {
  meta: { docs: { description: "Rooms of core/ import only rooms of their own floor or below it." } },
  create(context) {
    const place = /(?:^|\/)core\/(?:(.*)\/)?[^/]+$/.exec(context.filename.replaceAll("\\", "/"));
    if (place === null) return {};
    const folder = place[1] ?? "";
    const room = roomOf(folder);
    const check = (node) => {
      if (typeof node.source?.value !== "string" || !node.source.value.startsWith(".")) return;
      const target = posix.dirname(posix.join("/core", folder, node.source.value));
      if (target !== "/core" && !target.startsWith("/core/")) return;
      const other = roomOf(target.slice("/core/".length));
      if (room === other) return;
      if (room === undefined || other === undefined) {
        context.report({ node, message: "This room of core/ has no floor yet: give it one in lint/core-floors.js." });
      } else if (floorOf.get(other) > floorOf.get(room)) {
        context.report({ node, message: `core/${room} is below core/${other} and does not import it.` });
      }
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
    };
  },
};
